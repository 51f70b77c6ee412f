/* Names on the map: one canvas over the land and under the pins, set anew whenever the map comes to rest. */

import { Setting } from "./basemap-setting.js";

const PANE = "basemap-labels";
const PADDING = 0.2; // of the map's size, on each side, so that a short drag shows names at once

/** Collects the labels of every 256 px tile in view; each tile's content arrives on its own. */
async function labelsWithin(data, zoom, { west, north, east, south }) {
  const world = 2 ** zoom;
  const seen = new Map();
  const wanted = [];
  for (let ty = Math.max(Math.floor(north * world), 0); ty <= Math.min(Math.floor(south * world), world - 1); ty++) {
    for (let tx = Math.floor(west * world); tx <= Math.floor(east * world); tx++) {
      const copy = Math.floor(tx / world);
      wanted.push(data.tile(zoom, tx - copy * world, ty).then((content) => seen.set(`${copy} ${content.box?.x} ${content.box?.y} ${content.box?.side}`, { content, copy })));
    }
  }
  await Promise.all(wanted);
  const labels = [];
  for (const { content, copy } of seen.values()) {
    for (const label of content.labels) {
      const x = label.x + copy;
      if (label.firstZoom <= zoom + 0.25 && x >= west && x <= east && label.y >= north && label.y <= south) labels.push({ ...label, x });
    }
  }
  return labels;
}

export function labelLayer(L, data, colours, avoid) {
  const Labels = L.Layer.extend({
    onAdd(map) {
      const pane = map.getPane(PANE) ?? map.createPane(PANE);
      pane.style.zIndex = 350;
      pane.style.pointerEvents = "none";
      pane.setAttribute("aria-hidden", "true");
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", pane);
      this._turn = 0;
      this.refresh();
    },

    onRemove() {
      this._turn++;
      this._canvas.remove();
    },

    getEvents() {
      const events = { moveend: this.refresh, resize: this.refresh };
      if (this._map.options.zoomAnimation && L.Browser.any3d) events.zoomanim = this._follow;
      return events;
    },

    /** During a zoom the old names grow or shrink with the land. */
    _follow({ center, zoom }) {
      if (!this._north) return;
      const scale = this._map.getZoomScale(zoom, this._zoom);
      const corner = this._map._latLngToNewLayerPoint(this._north, zoom, center);
      L.DomUtil.setTransform(this._canvas, corner, scale);
    },

    refresh() {
      const turn = ++this._turn;
      // One frame later: several causes (pins, theme, move) then set the names once.
      requestAnimationFrame(() => {
        if (turn === this._turn && this._map) this._set(turn);
      });
    },

    async _set(turn) {
      const map = this._map;
      const zoom = Math.round(map.getZoom());
      const size = map.getSize();
      const world = 256 * 2 ** map.getZoom();
      const pad = size.multiplyBy(PADDING).round();
      const corner = map.containerPointToLayerPoint([-pad.x, -pad.y]).round();
      const origin = map.getPixelOrigin().add(corner);
      const width = size.x + 2 * pad.x, height = size.y + 2 * pad.y;
      const view = { west: origin.x / world, north: origin.y / world, east: (origin.x + width) / world, south: (origin.y + height) / world };
      let labels;
      try {
        labels = await labelsWithin(data, zoom, view);
      } catch {
        return; // No map data: the ground layer's error tells the page.
      }
      if (turn !== this._turn || !this._map || !colours()) return;
      const canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated");
      const ratio = Math.min(window.devicePixelRatio || 1, 3);
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      const taken = avoid().map(({ left, top, right, bottom }) => ({ left: left + pad.x, top: top + pad.y, right: right + pad.x, bottom: bottom + pad.y }));
      const setting = new Setting(pen, colours(), zoom, taken);
      await setting.place(labels.map((label) => ({ ...label, px: label.x * world - origin.x, py: label.y * world - origin.y, world })));
      if (turn !== this._turn || !this._map) return;
      this._canvas.replaceWith(canvas); // the old names stand until the new ones are all set
      this._canvas = canvas;
      this._zoom = map.getZoom();
      this._north = map.layerPointToLatLng(corner);
      L.DomUtil.setTransform(canvas, corner, 1);
    },
  });
  return new Labels();
}
