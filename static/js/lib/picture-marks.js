// Regions that evidence speaks of, outlined on the deep zoom, each with a link to its line on the page.
import { h } from "./dom.js";

const PANE = "marks";

/** `regions` are {number, label, anchor, x, y, w, h} in fractions of the picture; `size` its pixels. */
export function markRegions(map, L, regions, size) {
  map.getPane(PANE) ?? (map.createPane(PANE).style.zIndex = 450);
  const renderer = L.svg({ pane: PANE, padding: 0.5 });
  const layers = regions.flatMap((region) => {
    const corner = [-region.y * size.height, region.x * size.width];
    const bounds = [corner, [-(region.y + region.h) * size.height, (region.x + region.w) * size.width]];
    const line = (look) => L.rectangle(bounds, { pane: PANE, renderer, interactive: false, fill: false, className: `picture-mark ${look}` });
    return [line("mark-dark"), line("mark-light"), nameOf(L, region, corner)];
  });
  return L.layerGroup(layers).addTo(map);
}

function nameOf(L, { number, label, anchor }, corner) {
  const link = h("a", { class: "picture-mark-name", href: `#${anchor}`, title: label, "aria-label": `Mark ${number}: ${label}` }, `${number}`, h("span", {}, label));
  L.DomEvent.disableClickPropagation(link);
  const mark = L.divIcon({ className: "picture-mark", html: link, iconSize: null });
  return L.marker(corner, { icon: mark, pane: PANE, interactive: false, keyboard: false });
}

/** The part of the picture that is on screen as "x,y,w,h", or "" for all of it. */
export function partShown(map, size) {
  const seen = map.getBounds();
  const share = (value, whole) => Math.min(1, Math.max(0, value / whole));
  const [left, right] = [share(seen.getWest(), size.width), share(seen.getEast(), size.width)];
  const [top, bottom] = [share(-seen.getNorth(), size.height), share(-seen.getSouth(), size.height)];
  const part = [left, top, right - left, bottom - top];
  return part[2] > 0.99 && part[3] > 0.99 ? "" : part.map((one) => one.toFixed(4)).join(",");
}
