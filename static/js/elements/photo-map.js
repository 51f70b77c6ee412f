// <photo-map>: where the photos of a Selection are. Leaflet's global L comes from the page.
//
//   show(answer, {query})     draws the cells of /api/atlas
//   brush(cube, range, possibly)  while the timeline's brush moves: the pins' numbers for its bins; see lib/cube.js
//   settle()                  back to the answer, after a brush that led nowhere
//   highlight(card|null)      lights the pin of a photo the list points at
//   home(extent), showArea(text)  moves the map without an event
//   zoom, area                what is in view: whole zoom level, "west,south,east,north" or ""
//   map                       the Leaflet map, once `ready` has resolved
//   "areachange" {area}       the reader moved the map ("" = whole world or home)
//   "pinhover" {test|null}    a pin is pointed at; test(card) tells whether it stands for a photo
//
// Attributes: basemap (folder of our own map) or tiles + attribution, area, extent, thumbs ("/files/{id}/256.jpg"), source.
import { areaFrom, areaText } from "../lib/areas.js";
import { breath, h, icon, perFrame } from "../lib/dom.js";
import { AskError } from "../lib/http.js";
import { count } from "../lib/format.js";
import { basemapLayer } from "../lib/basemap.js";
import { extentOf, photosAt } from "../lib/map-asking.js";
import { holds, PinBoard } from "../lib/map-board.js";
import { brushed, canSplit, cellsOf, withoutOverlap } from "../lib/map-cells.js";
import { hatchDefinition } from "../lib/map-pins.js";
import { MapPanel } from "../lib/map-panel.js";

const { L } = window;
const MAX_ZOOM = 18;
const WORLD = [[-58, -170], [74, 180]];
const ADJUSTED = 600; // milliseconds
const APART = 24; // pixels: photos closer than this at the deepest zoom are listed rather than zoomed at
const EVENLY = 0.2; // share of its size left free round what a click zooms to

class PhotoMap extends HTMLElement {
  #moving = 0; // > 0 while we, not the reader, move the map
  #adjusting = 0; // until then Leaflet may move the map by itself, to keep it within its bounds after a change of size
  #cells = [];
  #columns = null;
  #brushing = null; // {cube, range, possibly} while the brush moves
  #query = "";
  #choosing = 0;
  #extent = null;
  #fitted = false;

  connectedCallback() {
    this.ready ??= this.#start();
  }

  /** In several tasks, so that none keeps the reader waiting; `ready` resolves when the map can be asked. */
  async #start() {
    this.surface = h("div", { class: "map-surface" });
    this.panel = new MapPanel();
    this.append(hatchDefinition(), this.surface, this.panel.node);
    this.surface.setAttribute("role", "application");
    this.surface.setAttribute("aria-label", "Map. Arrow keys pan, plus and minus zoom, Tab leaves. The button “list of places” names what it shows.");
    this.#extent = areaFrom(this.getAttribute("extent"));
    await breath();
    this.map = L.map(this.surface, {
      zoomControl: false, attributionControl: false, minZoom: 0, maxZoom: MAX_ZOOM, worldCopyJump: true,
      maxBounds: [[-89, -100_000], [89, 100_000]], maxBoundsViscosity: 1, zoomSnap: 1,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.#fitAtFirst();
    this.board = new PinBoard(this.map, { thumb: this.#thumb, choose: (cell, turn) => this.#choose(cell, turn), hover: (cell) => this.#tellHover(cell) });
    this.map.on("moveend", () => this.#moved());
    this.map.on("click", () => this.panel.close());
    for (const type of ["pointerdown", "wheel", "keydown"]) this.addEventListener(type, () => { this.#adjusting = 0; }, { capture: true, passive: true });
    await breath();
    this.#controls();
    new ResizeObserver(perFrame(() => this.#resized())).observe(this);
    setTimeout(() => this.#ground());
  }

  /** Show the area of the address, else all photos; again once a map that began hidden has a size. */
  #fitAtFirst() {
    this.#fitted = this.surface.clientWidth > 0;
    this.#byUs(() => {
      this.#limitZoom();
      const area = areaFrom(this.getAttribute("area"));
      if (area) this.#fit(area, -0.015);
      else this.#fitHome();
    });
  }

  #resized() {
    this.#adjusting = performance.now() + ADJUSTED;
    this.#byUs(() => this.map.invalidateSize({ pan: false, animate: false }));
    if (!this.#fitted) this.#fitAtFirst();
    else this.#byUs(() => this.#limitZoom());
  }

  /** Farthest out, one world fills the width: land and pins never stand there twice. */
  #limitZoom() {
    const width = this.surface.clientWidth || 256;
    const least = Math.max(0, Math.log2(width / 256));
    if (Math.abs(least - this.map.getMinZoom()) > 0.001) this.map.setMinZoom(least);
  }

  #ground() {
    if (this.getAttribute("tiles")) {
      L.tileLayer(this.getAttribute("tiles"), { maxZoom: MAX_ZOOM, attribution: this.getAttribute("attribution") ?? "" }).addTo(this.map);
      return;
    }
    this.basemap = basemapLayer(L, { url: this.getAttribute("basemap"), avoid: () => this.board.boxes() }).addTo(this.map);
    this.basemap.ready.catch(() => this.classList.add("no-ground"));
  }

  #controls() {
    const button = (name, label, act) => h("button", { type: "button", class: "map-button", "aria-label": label, title: label, onclick: act }, icon(name));
    this.listButton = button("list", "List of places on this map", () => this.#listPins());
    this.append(h("div", { class: "map-buttons", role: "group", "aria-label": "Map" },
      button("plus", "Zoom in", () => this.map.zoomIn()), button("minus", "Zoom out", () => this.map.zoomOut()),
      button("home", "Show everything, everywhere", () => this.#goHome()), this.listButton));
    const legend = (shape, words) => h("span", {}, h("i", { class: `key ${shape}` }), words);
    this.append(h("div", { class: "map-legend", "aria-hidden": "true" },
      legend("dot", "known place"), legend("wedge", "looking this way"), legend("possible", "might be here"), legend("cluster", "several photos")));
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 90 }).addTo(this.map);
    L.control.attribution({ prefix: false, position: "bottomright" }).addTo(this.map);
  }

  // ---- what is in view ----

  get zoom() {
    return Math.max(0, Math.round(this.map.getZoom()));
  }

  get area() {
    return areaText(this.map.getBounds());
  }

  #byUs(move) {
    this.#moving += 1;
    move();
    this.#moving -= 1;
  }

  #fit([west, south, east, north], pad = 0.08) {
    const bounds = L.latLngBounds([south, west], [north, east]);
    this.map.fitBounds(bounds.pad(pad), { animate: false, maxZoom: pad < 0 ? MAX_ZOOM : 14 });
  }

  #fitHome() {
    const extent = this.#extent;
    if (!extent) this.map.fitBounds(WORLD, { animate: false });
    else this.#fit([extent[0], Math.max(-75, extent[1]), extent[2], Math.min(80, extent[3])]);
  }

  async #moved() {
    const byUs = this.#moving > 0 || performance.now() < this.#adjusting;
    await breath(); // Leaflet has just put everything in its place
    this.#draw();
    if (byUs) return;
    this.#choosing += 1;
    this.panel.close();
    await breath();
    this.dispatchEvent(new CustomEvent("areachange", { bubbles: true, detail: { area: this.area } }));
  }

  #goHome() {
    this.panel.close();
    this.#byUs(() => this.#fitHome());
    this.dispatchEvent(new CustomEvent("areachange", { bubbles: true, detail: { area: "", home: true } }));
  }

  home(extent) {
    if (extent) this.#extent = extent;
    this.#byUs(() => this.#fitHome());
  }

  showArea(text) {
    const area = areaFrom(text);
    if (area && text !== this.area) this.#byUs(() => this.#fit(area, -0.015));
  }

  // ---- pins ----

  show(answer, { query }) {
    this.#query = query;
    if (answer.extent && !new URLSearchParams(query).has("bbox")) this.#extent = areaFrom(answer.extent.join(","));
    this.#columns = answer.cells;
    this.#brushing = null;
    this.removeAttribute("aria-busy");
    this.#draw();
    if (this.panel.open && this.panel.kind === "pins") this.#showPins();
  }

  /** What the pins stand for, each with its numbers as they are shown. */
  get cells() {
    if (!this.#brushing?.range) return this.#cells;
    const { cube, possibly } = this.#brushing;
    return this.#cells.map((cell) => brushed(cell, cube, possibly)).filter((cell) => !cell.empty);
  }

  /** The cube has counted the brushed bins; `range` is null when all are meant. */
  brush(cube, range, possibly) {
    const first = this.#brushing?.cube !== cube;
    this.#brushing = { cube, range, possibly };
    if (first) this.#draw();
    this.board.brush(range && cube, possibly);
  }

  settle() {
    if (!this.#brushing) return;
    this.#brushing = null;
    this.#draw();
  }

  async #draw() {
    const columns = this.#brushing?.cube.columns ?? this.#columns;
    if (!columns) return;
    const at = (cell) => this.map.project([cell.lat, cell.lon]);
    this.#cells = withoutOverlap(cellsOf(columns), at);
    if (!(await this.board.draw(this.#cells))) return;
    if (this.#brushing?.range) this.board.brush(this.#brushing.cube, this.#brushing.possibly);
    this.basemap?.refreshLabels();
  }

  #thumb = (id) => this.getAttribute("thumbs").replace("{id}", id);

  #tellHover(cell) {
    this.dispatchEvent(new CustomEvent("pinhover", { bubbles: true, detail: { test: cell && ((card) => holds(cell, card)) } }));
  }

  highlight(card) {
    this.board.highlight(card);
  }

  // ---- choosing ----

  get #asked() {
    return { atlas: this.closest("[data-atlas]")?.dataset.atlas, photos: this.getAttribute("source"), query: this.#query, zoom: this.zoom };
  }

  /** Zoom until the pin's photos stand apart, or list them where that cannot be. `turn` is how far east the copy of
      the world stands that was clicked. */
  async #choose(cell, turn = 0) {
    const choosing = (this.#choosing += 1);
    const lone = cell.n + cell.parts + cell.also + cell.alsoParts < 2;
    if (lone || !canSplit(cell) || this.map.getZoom() >= MAX_ZOOM) {
      this.#listPhotos(cell);
      return;
    }
    this.board.waiting(cell, true);
    const [west, south, east, north] = await this.#extentOf(cell);
    this.board.waiting(cell, false);
    if (choosing !== this.#choosing) return;
    const bounds = L.latLngBounds([south, west + turn], [north, east + turn]);
    const size = this.map.project(bounds.getSouthEast(), MAX_ZOOM).subtract(this.map.project(bounds.getNorthWest(), MAX_ZOOM));
    if (Math.max(size.x, size.y) < APART) {
      this.#listPhotos(cell);
      return;
    }
    this.panel.close();
    const zoom = Math.min(MAX_ZOOM, Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(bounds.pad(EVENLY))));
    this.map.setView(bounds.getCenter(), zoom);
  }

  /** The exact box of a pin's photos; the square it was counted in when nobody can tell. */
  async #extentOf(cell) {
    const square = [cell.west, cell.south, cell.east, cell.north];
    if (!this.#asked.atlas) return square;
    try {
      return (await extentOf(cell, this.#asked)) ?? square;
    } catch (error) {
      if (error instanceof AskError) return square;
      throw error;
    }
  }

  #listPins() {
    if (this.panel.open) this.panel.close();
    else this.#showPins();
  }

  #showPins() {
    const view = this.map.getBounds();
    const seen = this.#cells.filter((cell) => [-360, 0, 360].some((turn) => view.contains([cell.lat, cell.lon + turn])));
    this.panel.pins(seen, this.#thumb, (cell) => this.#choose(cell));
  }

  #listPhotos(cell) {
    const title = cell.possible || cell.n === 0 ? "Might be here" : count(cell.n, "photo here", "photos here");
    this.panel.photos(title, photosAt(cell, this.#asked), this.#query);
  }
}

customElements.define("photo-map", PhotoMap);
