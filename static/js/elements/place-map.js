// <place-map pins='[{"part","letter","name","latitude","longitude","radius_m","degrees","width_deg","outline","certain","fit","marked"}]'
//   label="Map of …" basemap tiles attribution>
//
// Every place a photo may belong to: alone a dot with its wedge of view and its circle of doubt; of several each a
// hatched area with the letter it has in the list, and no pin. Whatever on the page carries the same `data-part`
// is lit with it, either way, by pointer or focus. The wheel scrolls the page until the map has the focus; one
// finger scrolls it too.
import { h, icon, s } from "../lib/dom.js";
import { basemapLayer } from "../lib/basemap.js";
import { count } from "../lib/format.js";
import { hatchDefinition, pinOf } from "../lib/map-pins.js";

const MAX_ZOOM = 18;
const OWN_ZOOM = 9; // our own map shows towns; closer there is little to recognise
const TILES_ZOOM = 14;
const LETTER = 22; // pixels across the disc that holds a letter
const HATCH = 32; // and across the hatched ring round it where it is only possible

class PlaceMap extends HTMLElement {
  #map = null;
  #pins = [];
  #shapes = new Map(); // part → Leaflet layers
  #more = null;
  #whole = false;
  #lit = ""; // the part or answer that is lit now

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
    this.#join();
    this.#map.on("moveend", () => this.#tellRest());
    this.#tellRest();
    new ResizeObserver(() => this.#map.invalidateSize({ pan: false })).observe(this);
  }

  /** The Leaflet map. */
  get map() {
    return this.#map;
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

  #boundsOf({ latitude, longitude, radius_m, outline }) {
    const { L } = window;
    if (outline?.length) return L.latLngBounds(outline);
    return L.latLng(latitude, longitude).toBounds(Math.max(2 * (radius_m ?? 0), 200));
  }

  /** Show every area whole, and no closer than the ground can be recognised. */
  #look() {
    const bounds = window.L.latLngBounds([]);
    const fitting = this.#pins.filter((pin) => this.#whole || pin.fit);
    for (const pin of fitting.length ? fitting : this.#pins) bounds.extend(this.#boundsOf(pin));
    if (!bounds.isValid()) return;
    const closest = this.getAttribute("tiles") ? TILES_ZOOM : OWN_ZOOM;
    const room = this.#pins.length > 1 ? { paddingTopLeft: [48, 12], paddingBottomRight: [12, 44] } : {};
    this.#map.fitBounds(bounds.pad(0.15), { animate: false, maxZoom: closest, ...room });
  }

  #draw() {
    for (const pin of this.#pins) {
      const mark = pin.marked ? (pin.letter ? this.#letter(pin) : this.#dot(pin)) : null;
      const layers = [this.#area(pin), mark].filter(Boolean);
      for (const layer of layers) layer.addTo(this.#map);
      this.#shapes.set(pin.part, layers);
    }
  }

  #area(pin) {
    const { L } = window;
    const look = { className: pin.certain ? "doubt" : "doubt possible", interactive: this.#pins.length > 1 };
    if (pin.outline?.length) return L.polygon(pin.outline, look);
    return pin.radius_m ? L.circle([pin.latitude, pin.longitude], { radius: pin.radius_m, ...look }) : null;
  }

  /** The one place: a pin, for nothing rivals it. */
  #dot(pin) {
    const possible = !pin.certain;
    const { node, size } = pinOf({ n: 1, possible, direction: pin.degrees, width: pin.width_deg }, () => "");
    return this.#marker(pin, node, size, false);
  }

  #letter(pin) {
    const letter = h("span", { class: `place-letter${pin.certain ? " certain" : ""}` }, pin.letter);
    if (pin.certain) return this.#marker(pin, letter, LETTER, true);
    const hatch = s("svg", { viewBox: "0 0 32 32", width: HATCH, height: HATCH },
      s("circle", { cx: 16, cy: 16, r: 14, class: "pin-hatch", fill: "url(#map-hatch)" }));
    return this.#marker(pin, h("div", { class: "place-hatch" }, hatch, letter), HATCH, true);
  }

  #marker(pin, node, size, interactive) {
    const { L } = window;
    const look = L.divIcon({ html: node, className: "place-map-pin", iconSize: [size, size] });
    const marker = L.marker([pin.latitude, pin.longitude], { icon: look, interactive, keyboard: false, alt: "" });
    const words = [pin.letter, pin.name].filter(Boolean).join(" · ");
    return interactive && words ? marker.bindTooltip(h("span", {}, words), { direction: "top", offset: [0, -LETTER / 2] }) : marker;
  }

  #controls() {
    const button = (name, label, act) => h("button", { type: "button", class: "map-button", "aria-label": label, title: label, onclick: act }, icon(name));
    this.append(h("div", { class: "map-buttons", role: "group", "aria-label": "Map" },
      button("plus", "Zoom in on the map", () => this.#map.zoomIn()),
      button("minus", "Zoom out of the map", () => this.#map.zoomOut()),
      button("home", "Show the place again", () => {
        this.#whole = false;
        this.#look();
      })));
    this.#more = h("button", { type: "button", class: "map-more", hidden: true, onclick: () => {
      this.#whole = true;
      this.#look();
    } });
    this.append(this.#more);
  }

  /** Say how many of the places lie off the map as it is shown. */
  #tellRest() {
    const view = this.#map.getBounds();
    const off = this.#pins.filter((pin) => pin.marked && !view.intersects(this.#boundsOf(pin))).length;
    this.#more.hidden = off === 0;
    this.#more.textContent = `${count(off, "more place")} off this map: show all`;
  }

  /** Light what carries the same part, on the map and wherever the page names it; the innermost name counts. */
  #join() {
    if (this.#pins.length < 2) return;
    for (const [part, layers] of this.#shapes) {
      for (const layer of layers) {
        layer.on("mouseover", () => this.#light(part));
        layer.on("mouseout", () => this.#light(""));
        layer.on("click", () => document.querySelector(`[data-part="${part}"]`)?.scrollIntoView({ block: "nearest" }));
      }
    }
    for (const named of document.querySelectorAll("[data-part]")) {
      if (this.#owns(named.dataset.part).length) named.tabIndex = 0;
    }
    const page = this.closest("main") ?? document.body;
    for (const event of ["pointerover", "focusin"]) {
      page.addEventListener(event, ({ target }) => {
        if (!this.contains(target)) this.#light(target.closest("[data-part]")?.dataset.part ?? "");
      });
    }
  }

  /** Parts by their own key, or every part of the answer with that key. */
  #owns(key) {
    return [...this.#shapes.keys()].filter((part) => key && (part === key || part.startsWith(`${key}-`)));
  }

  #light(key) {
    if (key === this.#lit) return;
    this.#lit = key;
    const owned = new Set(this.#owns(key));
    for (const [part, layers] of this.#shapes) {
      for (const layer of layers) {
        layer.getElement()?.classList.toggle("lit", owned.has(part));
        if (owned.has(part)) layer.bringToFront?.();
        layer.setZIndexOffset?.(owned.has(part) ? 1000 : 0);
      }
    }
    for (const named of document.querySelectorAll("[data-part]")) {
      named.classList.toggle("lit", Boolean(key) && named.dataset.part === key);
    }
  }
}

customElements.define("place-map", PlaceMap);
