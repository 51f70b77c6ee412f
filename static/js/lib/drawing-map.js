// The map that is drawn on: our own ground, or an operator's tiles.
import { basemapLayer } from "./basemap.js";

const MAX_ZOOM = 18;

/** A Leaflet map in `surface`, which takes the focus; arrow keys are left to whoever draws. `near` is where to begin. */
export function drawingMap(surface, { basemap, tiles, attribution, near }) {
  const { L } = window;
  const map = L.map(surface, {
    attributionControl: false,
    keyboard: false,
    doubleClickZoom: false,
    scrollWheelZoom: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    minZoom: 1,
    maxZoom: MAX_ZOOM,
  }).setView(near ? near.split(",").map(Number) : [25, 10], near ? 9 : 1);
  if (tiles) L.tileLayer(tiles, { maxZoom: MAX_ZOOM, attribution }).addTo(map);
  else basemapLayer(L, { url: basemap, graticule: false }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 90 }).addTo(map);
  surface.classList.add("map-surface");
  surface.tabIndex = 0;
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-label", "Map to draw on");
  surface.setAttribute("aria-describedby", "drawing-help");
  surface.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  surface.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(surface); // keeps the middle where it is
  return map;
}
