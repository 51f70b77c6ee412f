// <deep-zoom data-info="/iiif/image/<id>/info.json" data-width="6000" data-height="4000" aria-label="The picture">
//   <img src="/files/<id>/1600.jpg" alt="…">
// </deep-zoom>
//
// data-regions="[{number, label, anchor, x, y, w, h}]" outlines what evidence speaks of; a button takes the outlines
// away. data-mark="/photos/<id>/evidence/new/" is where a new region is recorded, beginning with what is on screen.
//
// The <img> is there before any script and stays what one sees until more pixels are wanted: it becomes the ground
// layer of a Leaflet map in picture pixels (zoom 0 = one picture pixel to one CSS pixel), and tiles from the IIIF
// service are laid over it from the zoom on where they show more. Nothing is ever taken away before its
// replacement is painted, so nothing flashes.
//
// Keys, when the picture has the focus: + and − zoom, 0 fits, F fills the screen, arrows move a zoomed picture
// (at fit they are left to the page). One finger scrolls the page at fit and moves the picture when zoomed.
import { announce } from "../lib/announce.js";
import { h, icon } from "../lib/dom.js";
import { getJson } from "../lib/http.js";
import { markRegions, partShown } from "../lib/picture-marks.js";

const CLOSER = 3; // zoom levels beyond one picture pixel to one CSS pixel
const LARGEST_FIT = 0; // a small picture begins at its own size
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Tiles of an IIIF image service whose scale factors are powers of two. */
function tileLayer(L, info, options) {
  const fine = window.devicePixelRatio > 1.25 ? 1 : 0; // halve the tiles where the screen has twice the pixels
  const edge = info.tiles[0].width;
  const coarsest = Math.log2(Math.max(...info.tiles[0].scaleFactors));
  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const scale = 2 ** -(coords.z + fine);
      const x = coords.x * edge * scale;
      const y = coords.y * edge * scale;
      const width = Math.min(edge * scale, info.width - x);
      const height = Math.min(edge * scale, info.height - y);
      const size = `${Math.ceil(width / scale)},${Math.ceil(height / scale)}`;
      const tile = h("div", { "aria-hidden": "true" });
      const image = h("img", {
        alt: "",
        draggable: "false",
        onload: () => done(null, tile),
        onerror: () => done(new Error("this part of the picture did not come"), tile),
      });
      image.style.width = `${width * 2 ** coords.z}px`;
      image.style.height = `${height * 2 ** coords.z}px`;
      image.src = `${info.id}/${x},${y},${width},${height}/${size}/0/default.jpg`;
      tile.append(image);
      return tile;
    },
  });
  return new Tiles({
    tileSize: edge >> fine,
    minNativeZoom: -coarsest - fine,
    maxNativeZoom: -fine,
    noWrap: true,
    keepBuffer: 1,
    updateWhenZooming: false,
    ...options,
  });
}

class DeepZoom extends HTMLElement {
  #map = null;
  #still = null;
  #tiles = null;
  #asked = false;
  #fit = 0;
  #fitted = true;
  #goal = null; // zoom asked for by button or key and not yet reached
  #tools = {};
  #ground = null;
  #marks = null;
  #watch = null;

  connectedCallback() {
    this.#still = this.querySelector("img");
    if (!this.#still || this.#map || !window.L) return;
    const begin = () => this.isConnected && !this.#map && this.#begin();
    if (this.#still.complete && this.#still.naturalWidth) begin();
    else this.#still.addEventListener("load", begin, { once: true });
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
  }

  get #size() {
    return { width: Number(this.dataset.width), height: Number(this.dataset.height) };
  }

  get #bounds() {
    return window.L.latLngBounds([-this.#size.height, 0], [0, this.#size.width]);
  }

  #begin() {
    const { L } = window;
    const ground = h("div", { class: "deep-zoom-ground", tabindex: "0", role: "group" });
    ground.setAttribute("aria-label", `${this.dataset.label || "The picture"}: plus and minus zoom, 0 fits, F fills the screen, arrow keys move it`);
    this.append(ground);
    this.style.aspectRatio = `${this.#size.width} / ${this.#size.height}`; // where the page gives it no height
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#map = L.map(ground, {
      crs: L.CRS.Simple,
      zoomSnap: 0,
      wheelPxPerZoomLevel: 140,
      attributionControl: false,
      zoomControl: false,
      boxZoom: false,
      keyboard: false,
      dragging: false,
      maxBoundsViscosity: 1,
      bounceAtZoomLimits: false,
      zoomAnimation: !still,
      fadeAnimation: !still,
      inertia: !still,
    });
    this.#layOut();
    this.#ground = L.imageOverlay(this.#still, this.#bounds).addTo(this.#map);
    this.#mark();
    this.#addTools();
    this.#map.on("zoomend moveend", () => this.#settled());
    this.#map.on("zoomend", () => this.#arrived());
    ground.addEventListener("keydown", (event) => this.#key(event));
    for (const hand of ["wheel", "pointerdown"]) {
      ground.addEventListener(hand, () => {
        this.#goal = null; // the hand decides from here on
      }, { passive: true });
    }
    this.#watch = new ResizeObserver(() => this.#resized());
    this.#watch.observe(ground);
    this.toggleAttribute("data-ready", true);
    this.#settled();
  }

  /** Fit the picture, and let nobody lose it: no further out than fit, never off its edges. */
  #layOut() {
    const map = this.#map;
    map.setMinZoom(-20);
    this.#fit = Math.min(map.getBoundsZoom(this.#bounds), LARGEST_FIT);
    map.setMaxZoom(Math.max(this.#fit, 0) + CLOSER);
    if (this.#fitted || !map._loaded) map.setView(this.#bounds.getCenter(), this.#fit, { animate: false });
    map.setMinZoom(this.#fit);
    map.setMaxBounds(this.#bounds);
  }

  #resized() {
    this.#map.invalidateSize({ animate: false, pan: false });
    this.#layOut();
    this.#settled();
  }

  #settled() {
    const zoom = this.#map.getZoom();
    this.#fitted = zoom < this.#fit + 0.01;
    this.toggleAttribute("data-zoomed", !this.#fitted);
    if (this.#fitted) this.#map.dragging.disable();
    else this.#map.dragging.enable();
    this.#tools.out?.setAttribute("aria-disabled", String(this.#fitted));
    this.#tools.fit?.setAttribute("aria-disabled", String(this.#fitted));
    this.#tools.in?.setAttribute("aria-disabled", String(zoom > this.#map.getMaxZoom() - 0.01));
    if (this.#wantsMore(zoom)) this.#addTiles();
  }

  #wantsMore(zoom) {
    const shown = this.#size.width * 2 ** zoom * window.devicePixelRatio;
    return shown > this.#still.naturalWidth * 1.02 && this.#still.naturalWidth < this.#size.width;
  }

  async #addTiles() {
    if (this.#asked) return;
    this.#asked = true;
    let info;
    try {
      info = await getJson(this.dataset.info);
    } catch {
      setTimeout(() => {
        this.#asked = false; // the next movement asks again
      }, 3000);
      return;
    }
    if (info.width !== this.#size.width || info.height !== this.#size.height) {
      this.dataset.width = info.width;
      this.dataset.height = info.height;
      this.#ground.setBounds(this.#bounds);
      this.#mark();
      this.#fitted = true;
      this.#layOut();
    }
    const finest = Math.log2(this.#still.naturalWidth / info.width / window.devicePixelRatio);
    this.#tiles = tileLayer(window.L, info, {
      bounds: this.#bounds,
      minZoom: Math.round(Math.max(this.#fit, finest)), // compared with the level, which is the rounded zoom
      maxZoom: this.#map.getMaxZoom(),
      pane: this.#tilePane(),
    });
    this.#tiles.on("loading", () => this.setAttribute("aria-busy", "true"));
    this.#tiles.on("load", () => this.removeAttribute("aria-busy"));
    this.#tiles.addTo(this.#map);
  }

  /** Over the ground picture, which Leaflet keeps in its overlay pane at 400. */
  #tilePane() {
    this.#map.createPane("tiles").style.zIndex = 410;
    return "tiles";
  }

  /** Steps add up while one is still moving: Leaflet itself forgets a zoom asked for during another. */
  zoomBy(levels) {
    const from = this.#goal ?? this.#map.getZoom();
    this.#goal = Math.min(this.#map.getMaxZoom(), Math.max(this.#fit, from + levels));
    this.#map.setZoom(this.#goal);
    announce(`${Math.round(100 * 2 ** this.#goal)} % of full size`);
  }

  #arrived() {
    if (this.#goal === null) return;
    if (Math.abs(this.#map.getZoom() - this.#goal) > 0.001) this.#map.setZoom(this.#goal);
    else this.#goal = null;
  }

  fit() {
    this.#goal = null;
    this.#map.setView(this.#bounds.getCenter(), this.#fit);
    announce("The whole picture");
  }

  #mark() {
    this.#marks?.remove();
    const regions = JSON.parse(this.dataset.regions || "[]");
    this.#marks = regions.length ? markRegions(this.#map, window.L, regions, this.#size) : null;
  }

  showMarks(shown) {
    this.toggleAttribute("data-unmarked", !shown);
    this.#tools.marks.setAttribute("aria-pressed", String(shown));
    announce(shown ? "Marks are shown" : "Marks are hidden");
  }

  async fillScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.requestFullscreen();
  }

  #addTools() {
    const tool = (name, label, work) =>
      h("button", { type: "button", class: "deep-zoom-tool", "aria-label": label, title: label, onclick: work }, icon(name));
    this.#tools = {
      in: tool("plus", "Zoom in", () => this.zoomBy(1)),
      out: tool("minus", "Zoom out", () => this.zoomBy(-1)),
      fit: tool("area", "Fit the whole picture", () => this.fit()),
      full: document.fullscreenEnabled ? tool("expand", "Fill the screen", () => this.fillScreen()) : null,
    };
    if (this.#marks) {
      const turn = () => this.showMarks(this.hasAttribute("data-unmarked"));
      this.#tools.marks = h("button", { type: "button", class: "deep-zoom-tool marks", "aria-pressed": "true", title: "Outlines of what the evidence speaks of", onclick: turn }, "marks");
    }
    if (this.dataset.mark) {
      const link = h("a", { class: "deep-zoom-tool", href: this.dataset.mark, "aria-label": "Mark a region", title: "Mark a region: begins with the part you see" }, icon("edit"));
      link.addEventListener("click", () => {
        const part = partShown(this.#map, this.#size);
        link.href = part ? `${this.dataset.mark}?region=${part}` : this.dataset.mark;
      });
      this.#tools.mark = link;
    }
    const shown = Object.values(this.#tools).filter(Boolean);
    this.prepend(h("div", { class: "deep-zoom-tools", role: "group", "aria-label": "Zoom" }, shown));
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (event.key === "+" || event.key === "=") this.zoomBy(1);
    else if (event.key === "-") this.zoomBy(-1);
    else if (event.key === "0" || event.key === "Home") this.fit();
    else if (event.key.toLowerCase() === "f" && this.#tools.full) this.fillScreen();
    else if (arrow && !this.#fitted) this.#map.panBy([arrow[0] * 120, arrow[1] * 120]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define("deep-zoom", DeepZoom);
