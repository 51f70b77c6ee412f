// A place given as a point with its doubt, an area or a line: drawn on the map or typed. The fields keep the truth.
//
// <place-drawing data-shape="/studio/ask/shape/" data-place="/studio/ask/place/" data-towns data-basemap data-tiles data-attribution>
//   around radio buttons `shape` and the fields coordinates, radius, area, line, width
//
//   showTowns([{name, latitude, longitude, radius_m}])   draws places that may be meant, and shows them all
//
// Keys on the map: arrows move the crosshair, Shift further, Enter sets a point, Backspace removes the last,
// plus and minus zoom, Escape ends and goes to the typed field.

import { announce } from "../lib/announce.js";
import { debounce, h } from "../lib/dom.js";
import { drawingMap } from "../lib/drawing-map.js";
import { Sketch } from "../lib/drawing-sketch.js";
import { getJson, send } from "../lib/http.js";
import { TownSearch } from "../lib/town-search.js";

const STEP_PX = 8;
const LONG_STEP_PX = 48;
const EDGE_PX = 28;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = "With the keyboard: Tab to the map, arrow keys move the crosshair (Shift: further), plus and minus zoom, ";
const SHAPES = {
  point: { field: "coordinates", one: "centre", many: "points", help: `Click or tap the map to set the point, drag its rim to say how far it may be off. ${KEYS}Enter sets the point, Enter again its rim, Backspace removes it, Escape ends.` },
  area: { field: "area", one: "corner", many: "corners", least: 3, help: `Click or tap the map to set corner after corner; drag one to move it. ${KEYS}Enter sets a corner, Backspace removes the last, Escape ends.` },
  line: { field: "line", one: "point", many: "points", least: 2, help: `Click or tap the map to set point after point; drag one to move it. ${KEYS}Enter sets a point, Backspace removes the last, Escape ends.` },
};

class PlaceDrawing extends HTMLElement {
  #turn = 0;
  #rimIsNext = false;

  connectedCallback() {
    if (this.map || !window.L) return;
    this.piece = (name) => this.querySelector(`[data-part=${name}]`);
    this.field = (name) => this.querySelector(`[name=${name}]:not([type=radio])`);
    this.surface = this.piece("map");
    for (const name of ["map", "help", "search"]) this.piece(name).hidden = false;
    this.map = drawingMap(this.surface, this.dataset);
    this.sketch = new Sketch(this.map, { moved: (points) => this.#drawn(points), rim: (metres) => this.#setRadius(metres) });
    this.crosshair = h("div", { class: "crosshair", hidden: true });
    this.surface.append(this.crosshair);
    this.#listen();
    new TownSearch(this.piece("town"), this.piece("towns"), this.dataset.towns, (town) => {
      this.map.setView([town.latitude, town.longitude], Math.max(this.map.getZoom(), 10), { animate: false });
      announce(`The map shows ${town.label}`);
    });
    this.#turnTo();
    const pins = this.piece("fits")?.dataset.pins;
    if (pins) this.showTowns(JSON.parse(pins));
  }

  get shape() {
    return this.querySelector("[name=shape]:checked")?.value ?? "point";
  }

  showTowns(towns) {
    this.sketch.towns(towns);
  }

  #listen() {
    for (const choice of this.querySelectorAll("[name=shape]")) choice.addEventListener("change", () => this.#turnTo());
    const read = debounce(() => this.#read(), 300);
    for (const name of ["coordinates", "area", "line"]) {
      this.field(name).addEventListener("input", () => {
        if (!this.writing) read();
      });
    }
    for (const name of ["radius", "width"]) this.field(name).addEventListener("input", () => !this.writing && this.#redraw());
    this.piece("last").addEventListener("click", () => this.#removeLast());
    this.piece("clear").addEventListener("click", () => this.#drawn([], "Nothing is drawn."));
    this.map.on("click", ({ latlng }) => this.#put(latlng, false));
    this.surface.addEventListener("keydown", (event) => this.#key(event));
    // Who points needs no crosshair.
    this.surface.addEventListener("pointerdown", () => (this.byPointer = this.crosshair.hidden = true), { capture: true });
    this.surface.addEventListener("focus", () => this.#aim(this.map.getSize().divideBy(2)));
    this.surface.addEventListener("blur", () => this.#leave());
    this.map.on("resize", () => !this.crosshair.hidden && this.#aim(this.map.getSize().divideBy(2)));
  }

  /** Another shape was chosen: show what its field holds. */
  #turnTo() {
    const way = SHAPES[this.shape];
    this.#rimIsNext = false;
    this.piece("tools").hidden = !way;
    this.piece("help").textContent = way?.help ?? "The map shows which towns fit, once you have asked for them.";
    this.piece("unread").textContent = "";
    this.sketch.clear(Boolean(way));
    this.points = [];
    if (way) this.#read(true);
  }

  /** Ask the server to read what was typed, and draw it. */
  async #read(look = false) {
    const shape = this.shape;
    const way = SHAPES[shape];
    const text = way ? this.field(way.field).value.trim() : "";
    const turn = ++this.#turn;
    if (!text) return this.#show([], look);
    try {
      const said = shape === "point" ? await this.#readPoint(text) : await this.#readShape(text);
      if (turn !== this.#turn) return;
      this.piece("unread").textContent = said.error ?? "";
      if (!said.error) this.#show(said.points, look);
    } catch (error) {
      this.piece("unread").textContent = error.message;
    }
  }

  async #readPoint(text) {
    const url = new URL(this.dataset.place, location.href);
    url.searchParams.set("text", text);
    const said = await getJson(url);
    return said.error ? said : { points: [[said.latitude, said.longitude]] };
  }

  #readShape(text) {
    const body = new FormData();
    body.set("text", text);
    return send(this.dataset.shape, body);
  }

  #show(points, look) {
    this.points = points.map(([lat, lng]) => window.L.latLng(lat, lng));
    this.#redraw();
    if (this.points.length) this.sketch.look(look);
  }

  #redraw() {
    this.sketch.draw(this.shape, this.points, this.#metres(this.shape === "line" ? "width" : "radius"));
    this.#tell();
  }

  #tell() {
    const way = SHAPES[this.shape];
    if (!way) return;
    const count = this.points.length;
    const missing = (way.least ?? 1) - count;
    const has = count ? `${count} ${count === 1 ? way.one : way.many} set` : "Nothing is set yet";
    this.piece("state").textContent = count && missing > 0 ? `${has}, at least ${missing} more needed` : has;
    this.piece("last").disabled = this.piece("clear").disabled = count === 0;
  }

  /** A point was set by pointer, finger or Enter. */
  #put(at, byKey) {
    const way = SHAPES[this.shape];
    if (!way) return;
    if (this.shape !== "point") {
      this.#drawn([...this.points, this.#near(at)], `${way.one} ${this.points.length + 1} at ${words(at)}`);
    } else if (byKey && this.#rimIsNext && this.points.length) {
      this.#rimIsNext = false;
      this.#setRadius(this.map.distance(this.points[0], at));
    } else {
      this.#rimIsNext = byKey;
      this.#drawn([at], `Set at ${words(at)}${byKey ? ". Enter again sets how far it may be off." : ""}`);
    }
  }

  /** The same longitude, on the turn of the globe where the last point is. */
  #near(at) {
    const last = this.points.at(-1);
    return last ? window.L.latLng(at.lat, at.lng + 360 * Math.round((last.lng - at.lng) / 360)) : at;
  }

  #removeLast() {
    if (!this.points.length) return;
    this.#rimIsNext = false;
    this.#drawn(this.points.slice(0, -1), "The last one is removed.");
  }

  /** The drawing changed: write it into the field. */
  #drawn(points, said = "") {
    const way = SHAPES[this.shape];
    this.points = points;
    this.#write(way.field, points.map((at) => this.#text(at)).join("\n"));
    this.piece("unread").textContent = "";
    this.#redraw();
    if (said) announce(`${said} ${this.piece("state").textContent}.`);
  }

  #setRadius(metres) {
    const text = metres >= 1000 ? `${(metres / 1000).toPrecision(3)} km` : `${Math.max(1, Math.round(metres))} m`;
    this.#write("radius", text);
    this.#redraw();
    announce(`It may be off by ${text}`);
  }

  #write(name, text) {
    const field = this.field(name);
    this.writing = true;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.writing = false;
  }

  /** As many decimals as the zoom can tell apart. */
  #text(at) {
    const digits = Math.min(6, Math.max(2, Math.ceil((this.map.getZoom() + 8) * 0.30103) - 1));
    const { lat, lng } = at.wrap();
    return `${lat.toFixed(digits)}, ${lng.toFixed(digits)}`;
  }

  #metres(name) {
    const match = /^±?\s*(\d+(?:[.,]\d+)?)\s*(k?m)?$/i.exec(this.field(name).value.trim());
    return match ? Number(match[1].replace(",", ".")) * (match[2]?.toLowerCase() === "km" ? 1000 : 1) : null;
  }

  #aim(at) {
    this.at = at;
    this.crosshair.hidden = !SHAPES[this.shape] || this.byPointer;
    this.crosshair.style.setProperty("translate", `${at.x}px ${at.y}px`);
  }

  #key(event) {
    if (event.target !== this.surface || event.ctrlKey || event.altKey || event.metaKey || !SHAPES[this.shape]) return;
    const arrow = ARROWS[event.key];
    this.byPointer = false;
    if (arrow) this.#move(arrow, event.shiftKey ? LONG_STEP_PX : STEP_PX);
    else if (event.key === "Enter") this.#put(this.map.containerPointToLatLng(this.at), true);
    else if (event.key === "Backspace" || event.key === "Delete") this.#removeLast();
    else if (event.key === "+" || event.key === "=") this.map.setZoomAround(this.at, this.map.getZoom() + 1, { animate: false });
    else if (event.key === "-") this.map.setZoomAround(this.at, this.map.getZoom() - 1, { animate: false });
    else if (event.key === "Escape") this.#end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move the crosshair, and the map under it once it comes near the edge. */
  #move([right, down], step) {
    const size = this.map.getSize();
    const to = this.at.add([right * step, down * step]);
    const kept = window.L.point(clamp(to.x, EDGE_PX, size.x - EDGE_PX), clamp(to.y, EDGE_PX, size.y - EDGE_PX));
    const beyond = to.subtract(kept);
    if (beyond.x || beyond.y) this.map.panBy(beyond, { animate: false });
    this.#aim(kept);
    announce(`Crosshair at ${words(this.map.containerPointToLatLng(kept))}`);
  }

  #leave() {
    this.crosshair.hidden = true;
    this.byPointer = false;
  }

  #end() {
    announce(`Drawing ended. ${this.piece("state").textContent}.`);
    this.field(SHAPES[this.shape].field).focus();
  }
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

function words(at) {
  const { lat, lng } = at.wrap();
  return `${lat.toFixed(3)}, ${lng.toFixed(3)}`;
}

customElements.define("place-drawing", PlaceDrawing);
