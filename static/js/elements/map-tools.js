// <map-tools>: asking for a place by drawing on the map of Explore or by typing.
//
// It wraps the fields of the Place menu, which alone are the whole form without this script. With it a group of
// buttons stands on the map; an opened tool borrows its fields from the menu and shows them beside the drawing.
// What is typed or drawn is read by the server (`data-typed`), then wished for by the event "wanted".
import { announce, toast } from "../lib/announce.js";
import { h, icon } from "../lib/dom.js";
import { sightNotes } from "../lib/explore-words.js";
import { count } from "../lib/format.js";
import { areaFrom } from "../lib/areas.js";
import { DrawingBoard } from "../lib/map-draw.js";
import { PlaceFields } from "../lib/map-draw-fields.js";
import { ToolPanel } from "../lib/map-draw-panel.js";
import { PLACE_FILTERS, boundsText, distanceText, fieldTexts, isReadable, pointText, shapeOf } from "../lib/map-draw-text.js";
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

  async connectedCallback() {
    if (this.view) return;
    this.view = this.closest("explore-view");
    this.photoMap = this.view.querySelector("photo-map");
    this.fields = new PlaceFields(this, this.dataset.typed, (tools) => this.#apply(tools));
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
      apply: () => this.#apply([this.#button.tool]),
      clear: () => this.#remove(this.#button.tool),
      close: () => this.#close(),
    });
    this.cross = h("div", { class: "draw-cross", "aria-hidden": "true" });
    host.append(this.bar, this.panel.node, this.cross);
    host.addEventListener("keydown", (event) => this.#key(event), { capture: true });
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
    const fieldset = this.fields.sets[button.tool];
    this.closest("details").open = false;
    this.panel.open(button.title, fieldset);
    this.#mark();
    this.fields.fill(this.#selection);
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
    this.board.arm(this.#button.tool, { metres: () => this.fields.metres(this.#button.tool) });
    this.#tell();
    if (goThere) this.photoMap.querySelector(".map-surface").focus({ preventScroll: true });
  }

  /** What the panel says and offers now. */
  #tell() {
    if (!this.#button) return;
    const { tool } = this.#button;
    const armed = this.board.armed === tool;
    const corners = this.board.corners;
    this.panel.node.classList.toggle("drawing", armed && !this.#selection.has(tool));
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
    if (tool === "near") this.fields.write({ near_m: distanceText(much) });
    else announce(`${count(much, "corner")} set`);
  }

  #drawn(tool, shape) {
    const zoom = this.map.getZoom();
    if (shape.corners) this.fields.write({ within_at: shape.corners.map((corner) => pointText(corner, zoom)).join("\n") });
    else this.fields.write({ [`${tool}_at`]: pointText(shape.centre, zoom), [`${tool}_m`]: distanceText(shape.metres) });
    this.#apply([tool], { drawn: true });
  }

  /** The keyboard's way to draw: the map is moved, its middle is the point. */
  #middle() {
    const { tool } = this.#button;
    const { lat, lng } = this.map.getCenter().wrap();
    const at = pointText([lat, lng], this.map.getZoom());
    if (tool !== "within") {
      this.fields.write({ [`${tool}_at`]: at });
      this.#apply([tool], { drawn: true });
      return;
    }
    const corners = [...this.fields.field("within_at").value.split("\n").filter((line) => line.trim()), at];
    this.fields.write({ within_at: corners.join("\n") });
    announce(`Corner ${corners.length} at ${at}`);
  }

  // ---- wished for ----

  #listen() {
    this.querySelector("[data-act=apply]").addEventListener("click", (event) => {
      event.preventDefault();
      this.#apply(PLACE_FILTERS);
    });
    this.closest("details").addEventListener("toggle", ({ target }) => target.open && this.#close());
    this.view.addEventListener("statechange", ({ detail }) => this.#show(detail.selection));
    this.view.addEventListener("stateshown", ({ detail }) => this.#counted(detail));
  }

  /** Let the server read some tools' fields, then wish for what they say. */
  async #apply(tools, { drawn = false } = {}) {
    const changes = await this.fields.read(tools);
    if (!changes) {
      if (drawn) this.#refused(tools);
      return;
    }
    if (this.#button?.tool !== "sees") this.board.disarm(); // one look after another is clicked, areas and circles stand
    this.#tell();
    const fresh = Object.entries(changes).some(([name, value]) => value && value !== this.#selection.get(name));
    this.#drawnNow = drawn;
    this.#want(fresh ? { ...changes, bbox: "" } : changes);
    this.#drawnNow = false;
    if (!this.#button) this.closest("details").open = false;
  }

  /** What was drawn cannot be asked for: what is asked for is shown again. */
  #refused([tool]) {
    this.board.show(this.#shapes());
    if (!this.#button) {
      toast(this.fields.trouble(tool));
      this.fields.complain(tool, {});
      this.fields.fill(this.#selection);
    }
  }

  #shapes() {
    const shapes = {};
    for (const tool of PLACE_FILTERS) {
      const shape = this.#selection.get(tool) && shapeOf(tool, this.#selection.get(tool));
      if (shape && isReadable(shape)) shapes[tool] = shape; // an address typed by hand may hold anything
    }
    return shapes;
  }

  #want(changes) {
    this.dispatchEvent(new CustomEvent("wanted", { bubbles: true, detail: { changes } }));
  }

  #remove(tool) {
    this.board.disarm();
    this.fields.write(fieldTexts(tool, ""));
    this.fields.complain(tool, {});
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
    const shapes = this.#shapes();
    for (const [tool, shape] of Object.entries(shapes)) if (selection.get(tool) !== before.get(tool)) this.#lookAt(shape);
    this.board?.show(shapes);
    this.fields.fill(this.#selection);
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

  #counted({ answer, selection }) {
    const place = this.fields.sets.sees.querySelector("[data-part=counts]");
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
