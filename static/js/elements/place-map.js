// <place-map pins='[{"latitude","longitude","radius_m","degrees","width_deg"}]' label="Map of …" basemap tiles attribution>
//
// The places of one photo: a dot with its wedge of view and its circle of doubt, or several hatched circles when
// only one of them can be right. The wheel scrolls the page until the map has the focus; one finger scrolls it too.
import { h, icon } from "../lib/dom.js";
import { basemapLayer } from "../lib/basemap.js";
import { hatchDefinition, pinOf } from "../lib/map-pins.js";

const MAX_ZOOM = 18;
const OWN_ZOOM = 9; // our own map shows towns; closer there is little to recognise
const TILES_ZOOM = 14;

class PlaceMap extends HTMLElement {
  #map = null;
  #pins = [];

  connectedCallback() {
    if (this.#map || !window.L) return;
    const { L } = window;
    this.#pins = JSON.parse(this.getAttribute("pins") || "[]");
    const surface = h("div", { class: "place-map-surface map-surface", tabindex: "0", role: "application", "aria-label": `${this.getAttribute("label")}. Arrow keys pan, plus and minus zoom.` });
    this.append(hatchDefinition(), surface);
    this.#map = L.map(surface, {
      zoomControl: false,
      attributionControl: false,
      minZoom: 1,
      maxZoom: MAX_ZOOM,
      worldCopyJump: true,
      scrollWheelZoom: false,
      dragging: !matchMedia("(pointer: coarse)").matches,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    surface.addEventListener("focus", () => this.#map.scrollWheelZoom.enable());
    surface.addEventListener("blur", () => this.#map.scrollWheelZoom.disable());
    this.#look();
    this.#ground();
    this.#draw();
    this.#controls();
    new ResizeObserver(() => this.#map.invalidateSize({ pan: false })).observe(this);
  }

  #ground() {
    const { L } = window;
    const tiles = this.getAttribute("tiles");
    if (tiles) {
      L.tileLayer(tiles, { maxZoom: MAX_ZOOM, attribution: this.getAttribute("attribution") ?? "" }).addTo(this.#map);
    } else {
      const avoid = () => this.#pins.map(({ latitude, longitude }) => {
        const { x, y } = this.#map.latLngToContainerPoint([latitude, longitude]);
        return { left: x - 14, right: x + 14, top: y - 14, bottom: y + 14 };
      });
      const ground = basemapLayer(L, { url: this.getAttribute("basemap"), graticule: false, avoid }).addTo(this.#map);
      ground.ready.catch(() => this.classList.add("no-ground"));
    }
    L.control.attribution({ prefix: false, position: "bottomright" }).addTo(this.#map);
    L.control.scale({ imperial: false, position: "topright", maxWidth: 100 }).addTo(this.#map);
  }

  /** Show every circle of doubt whole, and no closer than the ground can be recognised. */
  #look() {
    const { L } = window;
    const bounds = L.latLngBounds([]);
    for (const { latitude, longitude, radius_m } of this.#pins) {
      bounds.extend(L.latLng(latitude, longitude).toBounds(Math.max(2 * (radius_m ?? 0), 200)));
    }
    if (!bounds.isValid()) return;
    const closest = this.getAttribute("tiles") ? TILES_ZOOM : OWN_ZOOM;
    this.#map.fitBounds(bounds.pad(0.15), { animate: false, maxZoom: closest });
  }

  #draw() {
    const { L } = window;
    const alone = this.#pins.length === 1;
    for (const pin of this.#pins) {
      const at = [pin.latitude, pin.longitude];
      if (pin.radius_m) {
        const look = alone ? { className: "doubt" } : { className: "doubt possible" };
        L.circle(at, { radius: pin.radius_m, interactive: false, ...look }).addTo(this.#map);
      }
      const { node, size } = pinOf({ n: 1, possible: !alone, direction: pin.degrees, width: pin.width_deg }, () => "");
      const marker = L.divIcon({ html: node, className: "place-map-pin", iconSize: [size, size] });
      L.marker(at, { icon: marker, interactive: false, keyboard: false }).addTo(this.#map);
    }
  }

  #controls() {
    const button = (name, label, act) => h("button", { type: "button", class: "map-button", "aria-label": label, title: label, onclick: act }, icon(name));
    this.append(h("div", { class: "map-buttons", role: "group", "aria-label": "Map" },
      button("plus", "Zoom in on the map", () => this.#map.zoomIn()),
      button("minus", "Zoom out of the map", () => this.#map.zoomOut()),
      button("home", "Show the place again", () => this.#look())));
  }
}

customElements.define("place-map", PlaceMap);
