// <map-layers maps='[…]'> inside <photo-map> or <place-map>: a button “Maps” and its panel, where the reader
// chooses among the installation's own map files (see lib/map-layers.js for what `maps` holds).
//
// On Explore the choice stands in the address (`map=`), else what this browser remembers is shown. Whatever happens
// in the panel stays there: keys do not move the map, and its fields are no filters.
import { h, icon } from "../lib/dom.js";
import { announce } from "../lib/announce.js";
import { MapStack, chosenText, readChosen, remember, rememberedText, titleOf, usualShare } from "../lib/map-layers.js";

const STEP = 5; // per cent
let panels = 0;

class MapLayers extends HTMLElement {
  #addressed = ""; // what the address says, as far as we know
  #hints = new Map(); // slug → where it says that a map is not in view

  async connectedCallback() {
    if (this.stack) return;
    this.host = this.parentElement;
    this.view = this.closest("explore-view");
    this.maps = JSON.parse(this.getAttribute("maps"));
    await customElements.whenDefined(this.host.localName);
    await this.host.ready;
    if (!this.host.map) return;
    this.stack = new MapStack(this.host.map, this.maps);
    this.#build();
    this.#addressed = this.view?.state.map ?? "";
    this.#take(this.#addressed || rememberedText());
    this.view?.addEventListener("statechange", ({ detail }) => this.#follow(detail.state.map));
    if (!this.#addressed && this.#text) this.view?.addEventListener("stateshown", () => this.#tellAddress(), { once: true });
    this.host.map.on("moveend", () => this.#sayWhere());
  }

  get #text() {
    return chosenText(this.chosen);
  }

  /** The address says something else than it did: the reader went back or forth. */
  #follow(text) {
    if (text === this.#addressed) return;
    this.#addressed = text;
    if (text !== this.#text) this.#take(text);
  }

  /** Show what a text says. */
  #take(text) {
    this.chosen = readChosen(text, this.maps);
    this.#fill();
    this.stack.show(this.chosen);
    this.#sayWhere();
  }

  /** The reader chose. */
  #chose() {
    this.stack.show(this.chosen);
    this.#fill();
    this.#sayWhere();
    remember(this.#text);
    this.#tellAddress();
  }

  #tellAddress() {
    this.#addressed = this.#text;
    this.dispatchEvent(new CustomEvent("wanted", { bubbles: true, detail: { changes: { map: this.#text }, replace: true } }));
  }

  // ---- the panel ----

  #build() {
    panels += 1;
    const id = `map-layers-${panels}`;
    this.button = h("button", { type: "button", class: "map-button map-layers-button", "aria-label": "Maps", title: "Maps", "aria-expanded": "false", "aria-controls": id, onclick: () => this.#open(this.panel.hidden) }, icon("layers"));
    this.host.querySelector(".map-buttons").append(this.button);
    const close = h("button", { type: "button", class: "button quiet square small", "aria-label": "Close the maps", onclick: () => this.#open(false) }, icon("close"));
    const grounds = this.maps.filter((one) => one.role === "basemap");
    const overlays = this.maps.filter((one) => one.role === "overlay");
    this.panel = h("section", { class: "map-layers-panel", id, hidden: true, "aria-label": "Maps" },
      h("div", { class: "map-layers-head" }, h("h2", {}, "Maps"), close),
      grounds.length ? h("fieldset", {}, h("legend", {}, "Ground"), this.#ground(id, null), ...grounds.map((one) => this.#ground(id, one))) : null,
      overlays.length ? h("fieldset", {}, h("legend", {}, "Laid over the map"), ...overlays.map((one) => this.#overlay(one))) : null);
    this.append(this.panel);
    for (const type of ["change", "input", "click", "wheel", "pointerdown", "dblclick"]) this.panel.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    this.panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.#open(false);
    });
  }

  #open(open) {
    const held = this.panel.contains(document.activeElement);
    if (open) this.host.panel?.close();
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.panel.querySelector("input:checked, input").focus({ preventScroll: true });
    else if (held) this.button.focus();
  }

  #line(one, field) {
    const hint = h("span", { class: "map-layers-hint", hidden: true });
    this.#hints.set(one.slug, hint);
    return h("div", { class: "map-layers-line" },
      h("label", { class: "check" }, field, h("span", {}, one.title, one.year ? h("span", { class: "map-layers-year" }, one.year) : null, hint)),
      h("button", { type: "button", class: "button quiet square small", "aria-label": `Show where ${one.title} is`, title: "Show where it is", onclick: () => this.#goTo(one) }, icon("expand")));
  }

  #ground(group, one) {
    const field = h("input", { type: "radio", name: group, value: one?.slug ?? "", onchange: () => {
      this.chosen.base = field.value;
      this.#chose();
    } });
    return one ? this.#line(one, field) : h("div", { class: "map-layers-line" }, h("label", { class: "check" }, field, "The usual map"));
  }

  #overlay(one) {
    const tick = h("input", { type: "checkbox", value: one.slug, onchange: () => {
      if (tick.checked) this.chosen.over.set(one.slug, usualShare());
      else this.chosen.over.delete(one.slug);
      this.#chose();
    } });
    const share = h("output", {});
    const slider = h("input", { type: "range", min: 0, max: 100, step: STEP, "data-slug": one.slug, "aria-label": `Opacity of ${one.title}`, onchange: () => this.#chose(), oninput: () => {
      this.chosen.over.set(one.slug, Number(slider.value));
      this.stack.setOpacity(one.slug, Number(slider.value));
      this.#sayShare(slider);
    } });
    return h("div", { class: "map-layers-overlay" }, this.#line(one, tick), h("div", { class: "map-layers-share", hidden: true }, slider, share));
  }

  #sayShare(slider) {
    slider.nextElementSibling.value = `${slider.value} %`;
    slider.setAttribute("aria-valuetext", `${slider.value} per cent`);
  }

  /** Turn to a map, which shows it too. */
  #goTo(one) {
    if (one.role === "basemap") this.chosen.base = one.slug;
    else if (!this.chosen.over.has(one.slug)) this.chosen.over.set(one.slug, usualShare());
    this.stack.lookAt(one, this.#covered());
    this.#chose();
    announce(`The map shows where ${titleOf(one)} is.`);
  }

  /** Pixels of the map that the panel covers, unless too little would be left. */
  #covered() {
    const map = this.host.getBoundingClientRect();
    const panel = this.panel.getBoundingClientRect();
    if (panel.width < map.width / 2) return { left: panel.right - map.left };
    return panel.height < map.height * 0.7 ? { bottom: map.bottom - panel.top } : {};
  }

  /** The fields say what is chosen. */
  #fill() {
    for (const radio of this.panel.querySelectorAll("input[type=radio]")) radio.checked = radio.value === this.chosen.base;
    for (const tick of this.panel.querySelectorAll("input[type=checkbox]")) tick.checked = this.chosen.over.has(tick.value);
    for (const slider of this.panel.querySelectorAll("input[type=range]")) {
      const share = this.chosen.over.get(slider.dataset.slug);
      slider.parentElement.hidden = share === undefined;
      slider.value = share ?? usualShare();
      this.#sayShare(slider);
    }
    this.button.classList.toggle("set", Boolean(this.#text));
  }

  #sayWhere() {
    for (const one of this.maps) {
      const hint = this.#hints.get(one.slug);
      const shown = one.slug === this.chosen.base || this.chosen.over.has(one.slug);
      const where = shown ? this.stack.whereIs(one) : "here";
      hint.hidden = where === "here";
      hint.textContent = where === "far" ? "only its outline from so far: zoom in" : "not in this view";
    }
  }
}

customElements.define("map-layers", MapLayers);
