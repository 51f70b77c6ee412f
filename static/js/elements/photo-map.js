// <photo-map>: where the photos of a Selection are. Leaflet's global L comes from the page.
//
//   show(answer, {query})     draws the cells of /api/atlas
//   highlight(card|null)      lights the pin of a photo the list points at
//   home(extent)              shows everything again; no event
//   zoom, area                what is in view: whole zoom level, "west,south,east,north" or ""
//   "areachange" {area}       the reader moved the map ("" = whole world or home)
//   "pinhover" {test|null}    a pin is pointed at; test(card) tells whether it stands for a photo
//
// Attributes: basemap (folder of our own map) or tiles + attribution, area, extent, thumbs ("/files/{id}/256.jpg"), source.
import { areaFrom, areaText } from "../lib/areas.js";
import { breath, h, icon, perFrame } from "../lib/dom.js";
import { AskError, getJson } from "../lib/http.js";
import { count } from "../lib/format.js";
import { basemapLayer } from "../lib/basemap.js";
import { canSplit, cellsOf, pinKey, withoutOverlap } from "../lib/map-cells.js";
import { hatchDefinition, pinOf } from "../lib/map-pins.js";
import { MapPanel } from "../lib/map-panel.js";

const { L } = window;
const MAX_ZOOM = 18;
const WORLD = [[-58, -170], [74, 180]];
const VISIBLE_RADIUS = 14; // pixels: smaller doubt hides under the dot

class PhotoMap extends HTMLElement {
  #moving = 0; // > 0 while we, not the reader, move the map
  #pins = new Map();
  #cells = [];
  #columns = null;
  #query = "";
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
    this.rings = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => this.#moved());
    this.map.on("click", () => this.panel.close());
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
    this.basemap = basemapLayer(L, { url: this.getAttribute("basemap"), avoid: () => this.#boxes() }).addTo(this.map);
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

  #moved() {
    this.#draw();
    if (this.#moving) return;
    this.panel.close();
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
    this.removeAttribute("aria-busy");
    this.#draw();
  }

  get cells() {
    return this.#cells;
  }

  #draw() {
    if (!this.#columns) return;
    const at = (cell) => this.map.project([cell.lat, cell.lon]);
    this.#cells = withoutOverlap(cellsOf(this.#columns), at);
    const view = this.map.getBounds().pad(0.15);
    const wanted = new Map();
    this.rings.clearLayers();
    for (const cell of this.#cells) {
      for (const turn of [-360, 0, 360]) {
        const place = L.latLng(cell.lat, cell.lon + turn);
        if (!view.contains(place)) continue;
        wanted.set(`${pinKey(cell)}:${turn}`, { cell, place });
        this.#ring(cell, place);
      }
    }
    for (const [key, marker] of this.#pins) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.#pins.delete(key);
    }
    for (const [key, { cell, place }] of wanted) if (!this.#pins.has(key)) this.#pins.set(key, this.#pin(cell, place));
    this.basemap?.refreshLabels();
  }

  #thumb = (id) => this.getAttribute("thumbs").replace("{id}", id);

  #pin(cell, place) {
    const { node, size } = pinOf(cell, this.#thumb);
    const marker = L.marker(place, {
      icon: L.divIcon({ html: node, className: "pin-frame", iconSize: [size, size] }),
      keyboard: false, riseOnHover: true, bubblingMouseEvents: false, zIndexOffset: cell.n > 1 ? 500 + Math.min(cell.n, 400) : 0,
    });
    marker.on("click", () => this.#choose(cell, place.lng - cell.lon));
    marker.on("mouseover", () => this.#tellHover(cell));
    marker.on("mouseout", () => this.#tellHover(null));
    marker.cell = cell;
    return marker.addTo(this.map);
  }

  #ring(cell, place) {
    if (!cell.radius) return;
    const metresPerPixel = (40_075_016.7 * Math.cos((cell.lat * Math.PI) / 180)) / (256 * 2 ** this.map.getZoom());
    const pixels = cell.radius / metresPerPixel;
    if (pixels < VISIBLE_RADIUS || pixels > 4000) return;
    L.circle(place, { radius: cell.radius, interactive: false, className: cell.possible ? "doubt possible" : "doubt" }).addTo(this.rings);
  }

  /** Pixel boxes of all pins, so that the names of the map keep clear of them. */
  #boxes() {
    return [...this.#pins.values()].map((marker) => {
      const point = this.map.latLngToContainerPoint(marker.getLatLng());
      const half = marker.options.icon.options.iconSize[0] / 2 + 3;
      return { left: point.x - half, top: point.y - half - 6, right: point.x + half + 6, bottom: point.y + half };
    });
  }

  #tellHover(cell) {
    const test = cell && ((card) => card.id === cell.photo || (cell.n > 1 && card.place && card.place.latitude >= cell.south
      && card.place.latitude <= cell.north && card.place.longitude >= cell.west && card.place.longitude <= cell.east));
    this.dispatchEvent(new CustomEvent("pinhover", { bubbles: true, detail: { test } }));
  }

  highlight(card) {
    this.lit?.remove();
    this.lit = null;
    for (const marker of this.#pins.values()) {
      const { cell } = marker;
      const holds = card && (cell.photo === card.id || (card.place && card.place.latitude >= cell.south && card.place.latitude <= cell.north
        && card.place.longitude >= cell.west && card.place.longitude <= cell.east));
      marker.getElement()?.classList.toggle("lit", Boolean(holds));
    }
    if (!card?.place) return;
    const near = [card.place.latitude, card.place.longitude];
    this.lit = L.marker(near, { icon: L.divIcon({ className: "pin-here", iconSize: [18, 18] }), interactive: false, keyboard: false, zIndexOffset: 2000 }).addTo(this.map);
  }

  // ---- choosing ----

  /** `turn` is how far east the clicked copy of the world stands. */
  #choose(cell, turn = 0) {
    if (cell.n > 1 && canSplit(cell) && this.map.getZoom() < MAX_ZOOM) {
      this.panel.close();
      const bounds = L.latLngBounds([cell.south, cell.west + turn], [cell.north, cell.east + turn]);
      const zoom = Math.min(MAX_ZOOM, Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(bounds.pad(0.2))));
      this.map.setView(bounds.getCenter(), zoom);
      return;
    }
    this.#listPhotos(cell);
  }

  #listPins() {
    if (!this.panel.node.hidden) {
      this.panel.close();
      return;
    }
    const view = this.map.getBounds();
    const seen = this.#cells.filter((cell) => [-360, 0, 360].some((turn) => view.contains([cell.lat, cell.lon + turn])));
    this.panel.pins(seen, this.#thumb, (cell) => this.#choose(cell));
  }

  /** The photos that stand here: asked by a box a metre around, since a box of no size holds no doubt. */
  async #listPhotos(cell) {
    const title = cell.possible ? "Might be here" : count(cell.n, "photo here", "photos here");
    this.panel.waiting(title);
    const asked = new URLSearchParams(this.#query);
    const margin = 1e-5;
    asked.set("bbox", [cell.west - margin, cell.south - margin, cell.east + margin, cell.north + margin].map((side) => side.toFixed(6)).join(","));
    asked.set("sure", "possibly");
    asked.set("limit", "60");
    try {
      const { photos } = await getJson(`${this.getAttribute("source")}?${asked}`);
      const inside = (card) => card.id === cell.photo || (card.place && Math.abs(card.place.latitude - cell.lat) <= cell.north - cell.south + margin
        && Math.abs(card.place.longitude - cell.lon) <= cell.east - cell.west + margin);
      const here = cell.n === 1 ? photos.filter((card) => card.id === cell.photo) : photos.filter(inside);
      this.panel.photos(title, here.length ? here : photos, this.#query, cell.n > here.length ? `The first ${here.length}; the list beside the map holds them all.` : "");
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      this.panel.failed(error.message);
    }
  }
}

customElements.define("photo-map", PhotoMap);
