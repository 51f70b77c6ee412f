// Help while a claim or a source is written: what the public will read, and which towns fit a distance.
//
// <claim-form data-withheld="A source …" data-relation="/studio/ask/relation/" data-towns="/studio/ask/towns/">
//   [data-part=example][data-name][data-pseudonym][data-display]   names of the fields an example is made of
//   [data-part=preview] button, [data-part=fits] place for the answer, [data-part=namesakes] choice between towns

import { announce } from "../lib/announce.js";
import { h } from "../lib/dom.js";
import { getJson } from "../lib/http.js";
import { TownSearch } from "../lib/town-search.js";

const ASKED = ["how", "distance", "unit", "of", "country", "other", "town", "town_at", "inside", "people"];

class ClaimForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    for (const example of this.querySelectorAll("[data-part=example]")) this.#exemplify(example);
    const button = this.querySelector("[data-part=preview]");
    if (!button) return;
    this.fits = this.querySelector("[data-part=fits]");
    this.namesakes = this.querySelector("[data-part=namesakes]");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.#ask(button);
    });
    this.#findTowns();
    this.form.addEventListener("input", ({ target }) => {
      if (ASKED.includes(target.name) && target.name !== "town_at") this.#forget();
    });
  }

  #value(name) {
    const field = this.form.elements[name];
    return (field?.value ?? "").trim();
  }

  #exemplify(example) {
    const { name, pseudonym, display } = example.dataset;
    const show = () => {
      const who = {
        named: this.#value(name) || "the name",
        pseudonym: this.#value(pseudonym) || "the pseudonym",
        withheld: this.dataset.withheld,
      }[this.#value(display)];
      example.replaceChildren(...(who ? [h("span", { class: "quiet" }, "The public will read: "), h("q", {}, h("strong", {}, who), " says: Filmed in 2020.")] : []));
    };
    this.form.addEventListener("input", ({ target }) => [name, pseudonym, display].includes(target.name) && show());
    show();
  }

  #findTowns() {
    const input = this.form.elements.town;
    const list = this.querySelector("[data-part=relation-towns]");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
    new TownSearch(input, list, this.dataset.towns, (town) => this.#mean(`${town.latitude.toFixed(4)},${town.longitude.toFixed(4)}`));
    input.addEventListener("input", () => this.#mean(""));
  }

  /** Which of the towns of this name is meant: "latitude,longitude", or "" when nobody said. */
  #mean(at) {
    this.namesakes.hidden = true;
    this.namesakes.querySelector("div").replaceChildren();
    this.namesakes.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
    if (at) this.namesakes.append(h("input", { type: "hidden", name: "town_at", value: at }));
  }

  #forget() {
    this.fits.replaceChildren();
    this.querySelector("place-drawing")?.showTowns?.([]);
  }

  async #ask(button) {
    const url = new URL(this.dataset.relation, location.href);
    for (const name of ASKED) url.searchParams.set(name, this.#value(name));
    button.disabled = true;
    this.fits.replaceChildren(h("p", { class: "quiet" }, "Measuring. A border that nobody asked for before takes some seconds."));
    try {
      this.#answer(await getJson(url));
    } catch (error) {
      this.fits.replaceChildren(h("p", { class: "field-error" }, error.message));
    } finally {
      button.disabled = false;
    }
  }

  #answer(said) {
    if (said.namesakes?.length) {
      const choice = ({ value, label }) => h("label", { class: "check" }, h("input", { type: "radio", name: "town_at", value }), h("span", {}, label));
      this.#mean("");
      this.namesakes.hidden = false;
      this.namesakes.querySelector("div").replaceChildren(...said.namesakes.map(choice));
    }
    if (said.error) {
      this.fits.replaceChildren(h("p", { class: "field-error" }, said.error));
      return;
    }
    const town = ({ name, away }) => h("li", {}, `${name} `, h("span", { class: "quiet" }, away));
    this.fits.replaceChildren(
      h("p", {}, h("strong", {}, said.sentence)),
      h("ul", { role: "list" }, said.towns.map(town)),
      h("p", { class: "field-help" }, `Distances from the middle of the town to ${said.label}. ${said.attribution}`));
    this.querySelector("place-drawing")?.showTowns?.(said.towns);
    announce(said.sentence);
  }
}

customElements.define("claim-form", ClaimForm);
