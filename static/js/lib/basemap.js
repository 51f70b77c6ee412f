/* The basemap: land, water, borders and names drawn from our own files; nothing is asked of anybody else.

   Usage, in a module that has Leaflet's global L and a map:

     // import basemapLayer from this module (no import line here: collecting static files would follow it)
     const basemap = basemapLayer(L, {
       url: element.dataset.basemap,     // folder of the data, e.g. "/static/basemap/r1" (unhashed names below it)
       avoid: () => boxes,               // optional: [{left, top, right, bottom}] in container pixels that no name may touch
       labels: true,                     // optional: false leaves every name out (small maps)
       graticule: true,                  // optional: false leaves out the net of latitude and longitude
     }).addTo(map);
     basemap.refreshLabels();            // after pins have moved without the map moving
     basemap.ready                       // promise: the world file is there (rejects when it cannot be had)

   It is an ordinary Leaflet layer group (addTo, remove, getAttribution). Colours come from the tokens of the page
   (--land --sea --coast --map-label, optionally --map-lake --map-river --map-border --map-label-sea --map-halo) and
   follow a change of theme by themselves. Names sit in the pane "basemap-labels" (z-index 350: under pins, over land),
   which is hidden from assistive technology: they are decoration, the archive's own places have words elsewhere. */

import { palette, watchTheme } from "./basemap-colours.js";
import { labelLayer } from "./basemap-labels.js";
import { paint } from "./basemap-paint.js";
import { MapData } from "./basemap-store.js";

export const ATTRIBUTION =
  'Natural Earth · <a href="https://www.geonames.org/" rel="noreferrer">GeoNames</a> CC BY 4.0; borders as Natural Earth shows them';

const SLICE_MS = 8;

/** Runs drawing jobs in slices, so that no task holds the main thread for long. */
class Easel {
  #jobs = [];
  #running = false;

  add(job) {
    this.#jobs.push(job);
    if (!this.#running) {
      this.#running = true;
      setTimeout(() => this.#slice());
    }
  }

  #slice() {
    const end = performance.now() + SLICE_MS;
    while (this.#jobs.length && performance.now() < end) this.#jobs.shift()();
    if (this.#jobs.length) setTimeout(() => this.#slice());
    else this.#running = false;
  }
}

function groundLayer(L, data, look) {
  const easel = new Easel();
  const Ground = L.GridLayer.extend({
    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas");
      const size = this.getTileSize().x;
      const ratio = Math.min(window.devicePixelRatio || 1, 3);
      canvas.width = canvas.height = Math.round(size * ratio);
      canvas.style.width = canvas.style.height = `${size}px`;
      canvas.setAttribute("aria-hidden", "true");
      data.tile(coords.z, coords.x, coords.y).then(
        (content) => {
          canvas.redraw = () => paint(canvas, content, coords, size, look());
          easel.add(() => {
            if (canvas.forgotten) return;
            canvas.redraw();
            done(null, canvas);
          });
        },
        (error) => done(error, canvas),
      );
      return canvas;
    },

    recolour() {
      for (const { el } of Object.values(this._tiles)) {
        easel.add(() => {
          if (!el.forgotten) el.redraw?.();
        });
      }
    },
  });
  const layer = new Ground({ tileSize: 256, attribution: ATTRIBUTION, keepBuffer: 3, updateWhenZooming: false });
  layer.on("tileunload", ({ tile }) => {
    tile.forgotten = true;
  });
  return layer;
}

/** A Leaflet layer group that draws the basemap; see the head of this file. */
export function basemapLayer(L, { url, avoid = () => [], labels = true, graticule = true }) {
  const data = new MapData(url);
  let colours = null;
  const look = () => ({ colours, graticule });
  const ground = groundLayer(L, data, look);
  const names = labels ? labelLayer(L, data, () => colours, avoid) : null;

  const Basemap = L.LayerGroup.extend({
    onAdd(map) {
      const container = map.getContainer();
      const recolour = () => {
        colours = palette(container);
        container.style.backgroundColor = colours.sea;
      };
      recolour();
      this._unwatch = watchTheme(() => {
        recolour();
        ground.recolour();
        names?.refresh();
      });
      L.LayerGroup.prototype.onAdd.call(this, map);
    },

    onRemove(map) {
      this._unwatch();
      L.LayerGroup.prototype.onRemove.call(this, map);
    },

    getAttribution: () => ATTRIBUTION,

    refreshLabels() {
      names?.refresh();
      return this;
    },
  });
  const basemap = new Basemap(names ? [ground, names] : [ground]);
  basemap.ready = data.ready;
  return basemap;
}
