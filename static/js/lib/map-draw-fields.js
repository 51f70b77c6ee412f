// The fields that ask for a place, by tool: written by drawing, filled from the address, read by the server.
import { h } from "./dom.js";
import { count } from "./format.js";
import { AskError, getJson } from "./http.js";
import { USUAL_REACH_M, fieldTexts, metresBetween } from "./map-draw-text.js";

const STEPS = { near_m: ["100 m", "500 m", "1 km", "2 km", "5 km", "20 km", "100 km"], sees_m: ["500 m", "1 km", "2 km", "5 km", "10 km", "20 km"] };

export class PlaceFields {
  #chosen = new Map(); // by field: {words, at} of the suggestion that was chosen

  /** `url` reads what is typed; `apply(tools)` is called when a place or a distance was chosen, or Enter pressed. */
  constructor(root, url, apply) {
    Object.assign(this, { url, apply });
    this.sets = Object.fromEntries([...root.querySelectorAll("[data-tool]")].map((one) => [one.dataset.tool, one]));
    for (const [tool, set] of Object.entries(this.sets)) this.#listen(tool, set);
  }

  #listen(tool, set) {
    // The form knows nothing of these names; what they mean is told by "wanted".
    for (const name of ["change", "input"]) set.addEventListener(name, (event) => event.stopPropagation());
    set.addEventListener("placechosen", ({ target, detail }) => this.#choose(tool, target.querySelector("input"), detail));
    set.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.localName !== "input") return;
      if (event.target.closest("place-search")?.offers) return; // Enter chooses among the suggestions
      event.preventDefault();
      event.stopPropagation();
      event.target.closest("place-search")?.search.close();
      this.apply([tool]);
    }, { capture: true });
    const steps = set.querySelector("[data-steps]");
    if (!steps) return;
    const field = this.field(steps.dataset.steps);
    steps.append(...STEPS[field.name].map((text) => h("button", { type: "button", class: "step", onclick: () => {
      field.value = text;
      if (this.field(`${tool}_at`).value.trim()) this.apply([tool]);
    } }, text)));
    steps.setAttribute("role", "group");
    steps.setAttribute("aria-label", "Common distances");
    steps.hidden = false;
  }

  #choose(tool, field, { label, latitude, longitude }) {
    field.value = label;
    this.#chosen.set(field, { words: label, at: `${latitude}, ${longitude}` });
    this.apply([tool]);
  }

  field(name) {
    return this.sets[name.split("_")[0]].querySelector(`[name=${name}]`);
  }

  write(texts) {
    for (const [name, text] of Object.entries(texts)) {
      const field = this.field(name);
      if (field.value !== text) field.value = text;
    }
  }

  /** Hold what the address asks for, except where somebody is writing, or where its name was chosen. */
  fill(selection) {
    for (const tool of Object.keys(this.sets)) {
      for (const [name, text] of Object.entries(fieldTexts(tool, selection.get(tool) ?? ""))) {
        const field = this.field(name);
        const chosen = this.#chosen.get(field);
        const named = text && chosen?.words === field.value && metresBetween(...[chosen.at, text].map((at) => at.split(",").map(Number))) < 1;
        if (document.activeElement !== field && !named) field.value = text;
      }
    }
  }

  /** How large a circle is to be that nobody pulls. */
  metres(tool) {
    const read = /^\s*(\d+(?:[.,]\d+)?)\s*(k?m)?\s*$/i.exec(this.field(`${tool}_m`)?.value ?? "");
    const long = read ? Number(read[1].replace(",", ".")) * (read[2]?.toLowerCase() === "km" ? 1000 : 1) : 0;
    return long || USUAL_REACH_M;
  }

  /** What some tools' fields ask for, as changes of filters; null when it cannot be read, which the fields then tell. */
  async read(tools) {
    const asked = new URLSearchParams();
    for (const field of tools.flatMap((tool) => [...this.sets[tool].querySelectorAll("[name]")])) {
      const chosen = this.#chosen.get(field);
      asked.set(field.name, chosen?.words === field.value ? chosen.at : field.value);
    }
    let said;
    try {
      said = await getJson(`${this.url}?${asked}`);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      said = { changes: {}, errors: { [[...asked.keys()][0]]: error.message }, choices: [] };
    }
    for (const tool of tools) this.complain(tool, said.errors);
    if (said.choices.length) this.#offer(said);
    return Object.keys(said.errors).length ? null : said.changes;
  }

  /** Say what is wrong with which field of a tool, and nothing where nothing is. */
  complain(tool, errors) {
    let first = null;
    for (const place of this.sets[tool].querySelectorAll("[data-error]")) {
      const said = errors[place.dataset.error] ?? "";
      const field = this.field(place.dataset.error);
      place.textContent = said;
      place.hidden = !said;
      if (said) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (said) first ??= field;
    }
    first?.focus();
  }

  /** What the first field of a tool that complains says. */
  trouble(tool) {
    return this.sets[tool].querySelector("[data-error]:not([hidden])")?.textContent ?? "";
  }

  /** Several towns are called so: their names, to choose from, under the field. */
  #offer({ errors, choices }) {
    const name = Object.keys(errors).find((one) => one.endsWith("_at"));
    const field = this.field(name);
    const tool = name.split("_")[0];
    const button = (town) => h("button", { type: "button", class: "link-button", onclick: () => this.#choose(tool, field, town) }, `${town.label} · ${count(town.people, "person", "people")} · ${town.latitude}, ${town.longitude}`);
    this.sets[tool].querySelector(`[data-error=${name}]`).append(h("ul", { class: "place-namesakes" }, ...choices.map((town) => h("li", {}, button(town)))));
  }
}
