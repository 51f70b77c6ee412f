// A place chosen on a map, by a town's name or by typing; the two text fields keep the truth.
//
// <place-picker data-answers='{"camera_place": {"coordinates", "radius"}}' data-basemap data-tiles data-attribution
//  data-read="/studio/ask/place/" data-towns="/studio/ask/towns/">

import { announce } from "../lib/announce.js";
import { basemapLayer } from "../lib/basemap.js";
import { debounce, h } from "../lib/dom.js";
import { getJson } from "../lib/http.js";
import { TownSearch } from "../lib/town-search.js";

const CLOSE_ZOOM = 10;
const STEP_PX = 4;
const LONG_STEP_PX = 40;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class PlacePicker extends HTMLElement {
  connectedCallback() {
    if (this.map || !window.L) return;
    this.piece = (name) => this.querySelector(`[data-part=${name}]`);
    this.coordinates = this.querySelector("input[name=coordinates]");
    this.radius = this.querySelector("input[name=radius]");
    for (const name of ["map", "map-help", "search"]) this.piece(name).hidden = false;
    this.#makeMap();
    this.#listen();
    new TownSearch(this.piece("town"), this.piece("towns"), this.dataset.towns, (town) => {
      this.map.setView([town.latitude, town.longitude], Math.max(this.map.getZoom(), CLOSE_ZOOM));
      announce(`The map shows ${town.label}`);
    });
    this.#read(true);
  }

  #makeMap() {
    const { L } = window;
    this.map = L.map(this.piece("map"), {
      attributionControl: false,
      worldCopyJump: true,
      scrollWheelZoom: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      minZoom: 1,
      maxZoom: 18,
    }).setView([20, 0], 1);
    const { tiles, basemap, attribution } = this.dataset;
    if (tiles) L.tileLayer(tiles, { maxZoom: 18, attribution }).addTo(this.map);
    else basemapLayer(L, { url: basemap, graticule: false }).addTo(this.map);
    L.control.attribution({ prefix: false }).addTo(this.map);
    L.control.scale({ imperial: false, maxWidth: 90 }).addTo(this.map);
    const pane = this.piece("map");
    pane.classList.add("map-surface");
    pane.setAttribute("role", "application");
    pane.setAttribute("aria-label", "Map to choose a place. Arrow keys pan, plus and minus zoom.");
    pane.addEventListener("focusin", () => this.map.scrollWheelZoom.enable());
    pane.addEventListener("focusout", () => this.map.scrollWheelZoom.disable());
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(pane);
    this.map.on("click", ({ latlng }) => this.#put(latlng.wrap(), true));
  }

  #listen() {
    const read = debounce(() => this.#read(false), 250);
    this.coordinates.addEventListener("input", read);
    this.radius.addEventListener("input", read);
    this.piece("centre").addEventListener("click", () => this.#put(this.map.getCenter().wrap(), true));
    const answers = JSON.parse(this.dataset.answers);
    for (const choice of this.querySelectorAll("input[name=facet]")) {
      choice.addEventListener("change", () => {
        const typed = Object.values(answers).every(({ coordinates }) => coordinates !== this.coordinates.value);
        // What somebody typed for one question stays in the field when they find that it answers another.
        if (typed && this.coordinates.value.trim()) return;
        this.coordinates.value = answers[choice.value].coordinates;
        this.radius.value = answers[choice.value].radius;
        this.#read(true);
      });
    }
  }

  /** Ask the server to read what was typed, and show it on the map. */
  async #read(first) {
    const text = this.coordinates.value.trim();
    const words = this.piece("words");
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (!text) {
      words.textContent = "";
      this.#draw(null);
      return;
    }
    try {
      const said = await getJson(`${this.dataset.read}?text=${encodeURIComponent(text)}`);
      if (turn !== this.turn) return;
      words.classList.toggle("field-doubt", Boolean(said.error));
      words.textContent = said.error ?? `Read as ${said.words}`;
      if (said.error) return;
      const at = window.L.latLng(said.latitude, said.longitude);
      this.#draw(at, said.radius_m);
      if (first || !this.map.getBounds().contains(at)) this.map.setView(at, Math.max(this.map.getZoom(), 8));
    } catch (error) {
      words.textContent = error.message;
    }
  }

  /** The marker was put: write it into the field, in steps that the zoom can tell apart. */
  #put(at, say) {
    const digits = Math.min(6, Math.max(2, Math.ceil((this.map.getZoom() + 8) * 0.30103) - 1));
    this.coordinates.value = `${at.lat.toFixed(digits)}, ${at.lng.toFixed(digits)}`;
    this.coordinates.dispatchEvent(new Event("input", { bubbles: true }));
    this.#draw(at);
    if (say) announce(`The marker is at ${this.coordinates.value}`);
  }

  #draw(at, stated = null) {
    const { L } = window;
    if (!at) {
      this.marker?.remove();
      this.circle?.remove();
      this.marker = this.circle = null;
      return;
    }
    if (!this.marker) {
      const look = L.divIcon({ html: h("span", { class: "place-pin" }), className: "place-pin-box", iconSize: [28, 28] });
      this.marker = L.marker(at, { icon: look, draggable: true, autoPan: true, alt: "Marker", title: "Drag me" }).addTo(this.map);
      this.marker.on("dragend", () => this.#put(this.marker.getLatLng().wrap(), true));
      const pin = this.marker.getElement();
      pin.setAttribute("aria-label", "Marker. Arrow keys move it, with Shift further.");
      pin.addEventListener("keydown", (event) => this.#nudge(event));
    }
    this.marker.setLatLng(at);
    const metres = this.#metres() ?? stated;
    this.circle?.remove();
    this.circle = metres ? L.circle(at, { radius: metres, className: "doubt", interactive: false }).addTo(this.map) : null;
  }

  #nudge(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? LONG_STEP_PX : STEP_PX;
    const at = this.map.latLngToContainerPoint(this.marker.getLatLng()).add([arrow[0] * step, arrow[1] * step]);
    this.#put(this.map.containerPointToLatLng(at).wrap(), true);
    this.map.panInside(this.marker.getLatLng(), { padding: [40, 40], animate: false });
  }

  /** The circle's radius while typing; the server judges what is saved. */
  #metres() {
    const match = /^±?\s*(\d+(?:[.,]\d+)?)\s*(k?m)?$/i.exec(this.radius.value.trim());
    if (!match) return null;
    return Number(match[1].replace(",", ".")) * (match[2]?.toLowerCase() === "km" ? 1000 : 1);
  }
}

customElements.define("place-picker", PlacePicker);
