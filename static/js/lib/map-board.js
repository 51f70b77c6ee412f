// The pins on the map: one marker for each pin in view, kept from one answer to the next, changed in place.
import { breath } from "./dom.js";
import { brushed, pinKey } from "./map-cells.js";
import { pinOf } from "./map-pins.js";

const { L } = window;
const TURNS = [-360, 0, 360];
const SLICE_MS = 8; // building pins for so long, then the reader has a turn
const VISIBLE_RADIUS = 14; // pixels: smaller doubt hides under the dot
const EARTH = 40_075_016.7; // metres round the equator

export class PinBoard {
  #pins = new Map();
  #lot = 0;

  /** `thumb(id)` gives the address of a picture, `choose(cell, turn)` and `hover(cell|null)` hear of the reader. */
  constructor(map, { thumb, choose, hover }) {
    Object.assign(this, { map, thumb, choose, hover });
    this.rings = L.layerGroup().addTo(map);
  }

  /** Stand for these cells: what is gone goes at once, what is new comes in slices. */
  async draw(cells) {
    const lot = (this.#lot += 1);
    const view = this.map.getBounds().pad(0.15);
    const wanted = new Map();
    this.rings.clearLayers();
    for (const cell of cells) {
      for (const turn of TURNS) {
        const place = L.latLng(cell.lat, cell.lon + turn);
        if (!view.contains(place)) continue;
        wanted.set(`${pinKey(cell)}:${turn}`, { cell, place, turn });
        this.#ring(cell, place);
      }
    }
    for (const [key, pin] of this.#pins) {
      if (wanted.has(key)) continue;
      pin.marker.remove();
      this.#pins.delete(key);
    }
    const missing = [];
    for (const [key, one] of wanted) {
      const pin = this.#pins.get(key);
      if (pin) this.#change(pin, one.cell);
      else missing.push([key, one]);
    }
    let until = performance.now() + SLICE_MS;
    for (const [key, one] of missing) {
      this.#pins.set(key, this.#pin(one));
      if (performance.now() < until) continue;
      await breath();
      if (lot !== this.#lot) return false;
      until = performance.now() + SLICE_MS;
    }
    return true;
  }

  #pin({ cell, place, turn }) {
    const drawn = pinOf(cell, this.thumb);
    const marker = L.marker(place, {
      icon: L.divIcon({ html: drawn.node, className: "pin-frame", iconSize: [drawn.size, drawn.size] }),
      keyboard: false, riseOnHover: true, bubblingMouseEvents: false, zIndexOffset: cell.n > 1 ? 500 + Math.min(cell.n, 400) : 0,
    });
    const pin = { marker, drawn, cell, shown: cell, size: drawn.size };
    marker.on("click", () => this.choose(pin.cell, turn));
    marker.on("mouseover", () => this.hover(pin.cell));
    marker.on("mouseout", () => this.hover(null));
    marker.addTo(this.map);
    pin.frame = marker.getElement();
    return pin;
  }

  #change(pin, cell) {
    pin.cell = cell;
    this.#put(pin, cell);
  }

  #put(pin, shown) {
    if (pin.frame.hidden !== Boolean(shown.empty)) pin.frame.hidden = Boolean(shown.empty);
    if (shown.empty) return;
    const size = pin.drawn.update(shown);
    if (size === pin.size) return;
    pin.size = size;
    const half = `${-size / 2}px`;
    Object.assign(pin.frame.style, { width: `${size}px`, height: `${size}px`, marginLeft: half, marginTop: half });
  }

  /** Put the numbers of the brushed bins, which the cube has counted, into the pins; none is moved or built. */
  brush(cube, possibly) {
    for (const pin of this.#pins.values()) this.#put(pin, cube ? brushed(pin.cell, cube, possibly) : pin.cell);
  }

  #ring(cell, place) {
    if (!cell.radius) return;
    const metresPerPixel = (EARTH * Math.cos((cell.lat * Math.PI) / 180)) / (256 * 2 ** this.map.getZoom());
    const pixels = cell.radius / metresPerPixel;
    if (pixels < VISIBLE_RADIUS || pixels > 4000) return;
    L.circle(place, { radius: cell.radius, interactive: false, className: cell.possible ? "doubt possible" : "doubt" }).addTo(this.rings);
  }

  /** Pixel boxes of all pins, so that the names of the map keep clear of them. */
  boxes() {
    return [...this.#pins.values()].map((pin) => {
      const point = this.map.latLngToContainerPoint(pin.marker.getLatLng());
      const half = pin.size / 2 + 3;
      return { left: point.x - half, top: point.y - half - 6, right: point.x + half + 6, bottom: point.y + half };
    });
  }

  /** Light the pin that stands for a photo of the list, and mark its very place; null takes both away. */
  highlight(card) {
    this.here?.remove();
    this.here = null;
    for (const pin of this.#pins.values()) pin.frame.classList.toggle("lit", Boolean(card && holds(pin.cell, card)));
    if (!card?.place) return;
    const near = [card.place.latitude, card.place.longitude];
    this.here = L.marker(near, { icon: L.divIcon({ className: "pin-here", iconSize: [18, 18] }), interactive: false, keyboard: false, zIndexOffset: 2000 }).addTo(this.map);
  }

  waiting(cell, busy) {
    for (const pin of this.#pins.values()) if (pin.cell === cell) pin.frame.classList.toggle("busy", busy);
  }
}

/** Whether a pin stands for a photo of the list, as far as its square tells. */
export function holds(cell, card) {
  if (card.id === cell.photo) return true;
  if (!card.place || cell.n + cell.parts + cell.also + cell.alsoParts < 2) return false;
  const { latitude, longitude } = card.place;
  return latitude >= cell.south && latitude <= cell.north && longitude >= cell.west && longitude <= cell.east;
}
