// <map-tools>: asking for a place by drawing on the map of Explore or by typing.
//
// It wraps the fields of the Place menu, which alone are the whole form without this script. With it a group of
// buttons stands on the map; an opened tool borrows its fields from the menu and shows them beside the drawing.
// What is typed or drawn is read by the server (`data-typed`), then wished for by the event "wanted".
import { announce } from "../lib/announce.js";
import { h, icon } from "../lib/dom.js";
import { sightNotes } from "../lib/explore-words.js";
import { count } from "../lib/format.js";
import { AskError, getJson } from "../lib/http.js";
import { areaFrom } from "../lib/areas.js";
import { DrawingBoard } from "../lib/map-draw.js";
import { ToolPanel, offerSteps, showErrors } from "../lib/map-draw-panel.js";
import { PLACE_FILTERS, USUAL_REACH_M, boundsText, distanceText, fieldTexts, metresBetween, pointText, shapeOf } from "../lib/map-draw-text.js";
import { learnPlaceWords, placeWords, rememberPlaceWords } from "../lib/map-draw-words.js";

const BUTTONS = [
  { name: "area", tool: "within", words: "Area", title: "Inside an area", icon: "polygon", draws: true },
  { name: "circle", tool: "near", words: "Circle", title: "Inside a circle", icon: "circle", draws: true },
  { name: "sight", tool: "sees", words: "Looking at a point", title: "Looking at a point", icon: "eye", draws: true },
  { name: "place", tool: "near", words: "Place…", title: "Near a place", icon: "search", draws: false },
];
const HINTS = {
  within: ["Click or tap corner after corner; a double click or the first corner closes the area.", "Keys, on the map: arrows move it under the cross, space sets a corner, Backspace takes the last one back, Enter closes, Escape gives up."],
  near: ["Press where the middle is and pull.", "Keys, on the map: arrows move it under the cross, space sets the middle, Escape gives up."],
  sees: ["Click or tap what the photos should look at.", "Keys, on the map: arrows move it under the cross, space sets the point, Escape gives up."],
};
const LEAST_PX = 60; // a place that looks smaller than this is turned to
const NAMES = { within: "the area", near: "the circle", sees: "the point" };

class MapTools extends HTMLElement {
  #button = null;
  #selection = new URLSearchParams();
  #drawnNow = false;
  #chosen = new Map(); // what a field's words were chosen for: {words, at}

  async connectedCallback() {
    if (this.view) return;
    this.view = this.closest("explore-view");
    this.photoMap = this.view.querySelector("photo-map");
    this.fieldsets = Object.fromEntries([...this.querySelectorAll("[data-tool]")].map((one) => [one.dataset.tool, one]));
    this.#selection = new URLSearchParams(location.search);
    for (const chip of this.view.querySelectorAll(".active-filters [data-change]")) {
      const [name] = Object.keys(JSON.parse(chip.dataset.change));
      if (PLACE_FILTERS.includes(name)) rememberPlaceWords(name, this.#selection.get(name), chip.textContent.trim());
    }
    this.#listen();
    await customElements.whenDefined("photo-map");
    await this.photoMap.ready;
    this.map = this.photoMap.map;
    this.board = new DrawingBoard(this.map, {
      drawn: (tool, shape) => this.#drawn(tool, shape),
      drafting: (tool, much) => this.#drafting(tool, much),
      givenUp: (tool) => (this.#selection.has(tool) ? this.#remove(tool) : this.#close()),
    });
    this.#buildTools();
    this.#show(this.#selection);
  }

  // ---- the group on the map ----

  #buildTools() {
    const host = this.photoMap.parentElement;
    const button = (one) => h("button", { type: "button", class: "tool-button", "data-name": one.name, "aria-pressed": "false", title: one.title, onclick: () => this.#toggle(one) }, icon(one.icon), h("span", {}, one.words));
    this.toggle = h("button", { type: "button", class: "tool-toggle", "aria-expanded": "false", "aria-label": "Ask for a place", title: "Ask for a place", onclick: () => this.#openChoices(!this.bar.classList.contains("open")) }, icon("polygon"));
    this.bar = h("div", { class: "map-tools-bar" }, this.toggle, h("div", { class: "tool-group", role: "group", "aria-label": "Ask for a place" }, ...BUTTONS.map(button)));
    this.panel = new ToolPanel({
      again: () => this.#arm(true),
      finish: () => this.board.close(),
      middle: () => this.#middle(),
      apply: () => this.#apply([this.panel.fieldset]),
      clear: () => this.#remove(this.#button.tool),
      close: () => this.#close(),
    });
    this.cross = h("div", { class: "draw-cross", "aria-hidden": "true" });
    host.append(this.bar, this.panel.node, this.cross);
    host.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    this.panel.node.addEventListener("keydown", (event) => event.key === "Enter" && this.#entered(event), { capture: true });
  }

  #openChoices(open) {
    this.bar.classList.toggle("open", open);
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  #toggle(button) {
    if (this.#button === button) this.#close();
    else this.#open(button);
  }

  #open(button) {
    this.#button = button;
    this.#openChoices(false);
    this.photoMap.panel?.close();
    const fieldset = this.fieldsets[button.tool];
    offerSteps(fieldset, () => this.#apply([fieldset]));
    this.closest("details").open = false;
    this.panel.open(button.title, fieldset);
    this.#mark();
    this.#fill();
    if (button.draws) this.#arm(false);
    else this.board.disarm();
    this.#tell();
    const first = button.draws ? this.panel.title : fieldset.querySelector("input"); // a telephone would open its keyboard
    first.focus({ preventScroll: true });
  }

  #close() {
    const from = this.#button;
    if (!from) return;
    const held = this.panel.node.contains(document.activeElement);
    this.#button = null;
    this.board.disarm();
    this.panel.close();
    this.#mark();
    if (held) this.bar.querySelector(`[data-name=${from.name}]`).focus();
  }

  #mark() {
    for (const one of this.bar.querySelectorAll(".tool-button")) one.setAttribute("aria-pressed", String(one.dataset.name === this.#button?.name));
  }

  #arm(goThere) {
    this.board.arm(this.#button.tool, { metres: () => this.#fieldMetres(this.#button.tool) });
    this.#tell();
    if (goThere) this.photoMap.querySelector(".map-surface").focus({ preventScroll: true });
  }

  /** What the panel says and offers now. */
  #tell() {
    if (!this.#button) return;
    const { tool } = this.#button;
    const armed = this.board.armed === tool;
    const corners = this.board.corners;
    this.panel.node.classList.toggle("drawing", armed);
    this.panel.node.classList.toggle("drafting", corners > 0);
    const [pointing, keys] = HINTS[tool];
    const set = `${count(corners, "corner")} set${corners < 3 ? `, at least ${3 - corners} more` : ". A double click, Enter or the first corner closes the area"}.`;
    this.panel.tell(armed ? (corners ? [set] : [pointing, h("span", { class: "hint-keys" }, ` ${keys}`)]) : []);
    this.panel.finish.hidden = !(armed && corners >= 3);
    this.panel.again.hidden = armed;
    this.panel.middle.textContent = tool === "within" ? "Add the middle of the map" : "Use the middle of the map";
    this.panel.clear.hidden = !this.#selection.has(tool) && !corners;
  }

  // ---- drawn ----

  #drafting(tool, much) {
    this.#tell();
    if (tool === "near") this.fieldsets.near.querySelector("[name=near_m]").value = distanceText(much);
    else announce(`${count(much, "corner")} set`);
  }

  #drawn(tool, shape) {
    const fieldset = this.fieldsets[tool];
    const zoom = this.map.getZoom();
    if (shape.corners) this.#write(fieldset, { within_at: shape.corners.map((corner) => pointText(corner, zoom)).join("\n") });
    else this.#write(fieldset, { [`${tool}_at`]: pointText(shape.centre, zoom), [`${tool}_m`]: distanceText(shape.metres) });
    if (tool !== "sees" && this.board.armed === tool) this.board.disarm();
    this.#tell();
    this.#apply([fieldset], { drawn: true });
  }

  /** The keyboard's way to draw: the map is moved, its middle is the point. */
  #middle() {
    const { tool } = this.#button;
    const { lat, lng } = this.map.getCenter().wrap();
    const at = pointText([lat, lng], this.map.getZoom());
    const fieldset = this.panel.fieldset;
    if (tool !== "within") {
      this.#write(fieldset, { [`${tool}_at`]: at });
      this.#apply([fieldset], { drawn: true });
      return;
    }
    const field = fieldset.querySelector("[name=within_at]");
    const corners = [...field.value.split("\n").filter((line) => line.trim()), at];
    this.#write(fieldset, { within_at: corners.join("\n") });
    announce(`Corner ${corners.length} at ${at}`);
  }

  #fieldMetres(tool) {
    const text = this.fieldsets[tool].querySelector(`[name=${tool}_m]`)?.value ?? "";
    const read = /^\s*(\d+(?:[.,]\d+)?)\s*(k?m)?\s*$/i.exec(text);
    const long = read ? Number(read[1].replace(",", ".")) * (read[2]?.toLowerCase() === "km" ? 1000 : 1) : 0;
    return long || USUAL_REACH_M;
  }

  // ---- typed ----

  #listen() {
    for (const fieldset of Object.values(this.fieldsets)) {
      // The form knows nothing of these names; what they mean is told by "wanted".
      for (const name of ["change", "input"]) fieldset.addEventListener(name, (event) => event.stopPropagation());
      fieldset.addEventListener("placechosen", ({ target, detail }) => {
        const field = target.querySelector("input");
        this.#chosen.set(field, { words: field.value, at: `${detail.latitude}, ${detail.longitude}` });
        this.#apply([fieldset]);
      });
    }
    this.addEventListener("keydown", (event) => event.key === "Enter" && this.#entered(event), { capture: true });
    this.querySelector("[data-act=apply]").addEventListener("click", (event) => {
      event.preventDefault();
      this.#apply(Object.values(this.fieldsets));
    });
    this.closest("details").addEventListener("toggle", ({ target }) => {
      if (!target.open) return;
      this.#close();
      for (const fieldset of Object.values(this.fieldsets)) offerSteps(fieldset, () => {});
    });
    this.view.addEventListener("statechange", ({ detail }) => this.#show(detail.selection));
    this.view.addEventListener("stateshown", ({ detail }) => this.#counted(detail));
  }

  #entered(event) {
    if (event.target.localName !== "input") return;
    if (event.target.closest("place-search")?.offers) return; // Enter chooses among the suggestions
    event.preventDefault();
    event.stopPropagation();
    this.#apply([event.target.closest("[data-tool]")]);
  }

  #write(fieldset, texts) {
    for (const [name, text] of Object.entries(texts)) {
      const field = fieldset.querySelector(`[name=${name}]`);
      if (field && field.value !== text) field.value = text;
    }
  }

  /** Let the server read some tools' fields, then wish for what they say. */
  async #apply(fieldsets, { drawn = false } = {}) {
    const asked = new URLSearchParams();
    for (const field of fieldsets.flatMap((one) => [...one.querySelectorAll("[name]")])) {
      const chosen = this.#chosen.get(field);
      asked.set(field.name, chosen?.words === field.value ? chosen.at : field.value);
    }
    let said;
    try {
      said = await getJson(`${this.dataset.typed}?${asked}`);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      said = { changes: {}, errors: { [fieldsets[0].querySelector("[name]").name]: error.message }, choices: [] };
    }
    for (const fieldset of fieldsets) showErrors(fieldset, said.errors);
    if (Object.keys(said.errors).length) {
      this.#offerNamesakes(said);
      return;
    }
    const changes = said.changes;
    const fresh = Object.entries(changes).some(([name, value]) => value && value !== this.#selection.get(name));
    this.#drawnNow = drawn;
    this.#want(fresh ? { ...changes, bbox: "" } : changes);
    this.#drawnNow = false;
    if (!this.#button) this.closest("details").open = false;
  }

  #want(changes) {
    this.dispatchEvent(new CustomEvent("wanted", { bubbles: true, detail: { changes } }));
  }

  /** Several towns are called so: their names, to choose from, under the field. */
  #offerNamesakes({ errors, choices }) {
    const [name] = Object.keys(errors);
    const place = this.view.querySelector(`[data-error="${name}"]`);
    const field = this.view.querySelector(`[name="${name}"]`);
    if (!choices.length) return;
    place.append(h("ul", { class: "place-namesakes" }, ...choices.map((town) => h("li", {}, h("button", { type: "button", class: "link-button", onclick: () => {
      field.value = town.label;
      this.#chosen.set(field, { words: town.label, at: `${town.latitude}, ${town.longitude}` });
      this.#apply([field.closest("[data-tool]")]);
    } }, `${town.label} · ${town.latitude}, ${town.longitude}`)))));
  }

  #remove(tool) {
    this.board.disarm();
    this.#write(this.fieldsets[tool], fieldTexts(tool, ""));
    showErrors(this.fieldsets[tool], {});
    if (this.#selection.has(tool)) {
      this.#want({ [tool]: "" });
      announce(`Removed ${NAMES[tool]}. The browser's back button brings it again.`);
    }
    this.#tell();
  }

  // ---- shown ----

  /** The Selection changed, by whomever: the drawing, the fields and the chips follow. */
  #show(selection) {
    const before = this.#selection;
    this.#selection = new URLSearchParams(selection);
    const shapes = {};
    for (const tool of PLACE_FILTERS) if (selection.get(tool) && selection.get(tool) !== before.get(tool)) this.#lookAt(shapeOf(tool, selection.get(tool)));
    this.#drawnNow = false;
    for (const tool of PLACE_FILTERS) if (selection.get(tool)) shapes[tool] = shapeOf(tool, selection.get(tool));
    this.board?.show(shapes);
    this.#fill();
    this.#tell();
    if (Object.keys(shapes).length) this.#nameChips(this.#selection);
  }

  async #nameChips(selection) {
    if (!(await learnPlaceWords(this.dataset.words, selection)) || this.#selection !== selection) return;
    for (const chip of this.view.querySelectorAll(".active-filters [data-change]")) {
      const [name] = Object.keys(JSON.parse(chip.dataset.change));
      if (!PLACE_FILTERS.includes(name) || !selection.get(name)) continue;
      const words = placeWords(name, selection.get(name));
      chip.firstChild.textContent = words;
      chip.setAttribute("aria-label", `Remove ${words}`);
    }
  }

  /** The fields hold what the address asks for, unless somebody is writing in them. */
  #fill() {
    for (const [tool, fieldset] of Object.entries(this.fieldsets)) {
      const texts = fieldTexts(tool, this.#selection.get(tool) ?? "");
      for (const [name, text] of Object.entries(texts)) {
        const field = fieldset.querySelector(`[name=${name}]`);
        const chosen = this.#chosen.get(field);
        const same = chosen?.words === field.value && text && metresBetween(chosen.at.split(",").map(Number), text.split(",").map(Number)) < 1;
        if (document.activeElement !== field && !same) field.value = text;
      }
    }
  }

  #counted({ answer, selection }) {
    const place = this.fieldsets.sees.querySelector("[data-part=counts]");
    place.hidden = !answer.sees;
    [place.textContent] = sightNotes(answer, selection);
  }

  /** Turn the map to a place newly asked for, unless it was drawn there just now or is well in view. */
  #lookAt(shape) {
    const text = this.#drawnNow || !this.map ? "" : boundsText(shape);
    if (!text) return;
    const [west, south, east, north] = areaFrom(text);
    const bounds = window.L.latLngBounds([south, west], [north, east]);
    const wide = this.map.project(bounds.getNorthEast()).x - this.map.project(bounds.getSouthWest()).x;
    if (wide < LEAST_PX || !this.map.getBounds().contains(bounds)) this.photoMap.showArea(text);
  }

  #key(event) {
    const armed = this.board.armed;
    if (armed && this.board.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      this.#tell();
    } else if (event.key === "Escape" && this.#button && this.panel.node.contains(event.target) && !event.target.closest("place-search")?.offers) {
      event.stopPropagation();
      this.#close();
    }
  }
}

customElements.define("map-tools", MapTools);
