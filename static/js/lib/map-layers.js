// Which of the installation's own maps are shown, how strongly, and where they lie on a Leaflet map.
//
// A choice is text, the same in the address (`map=`) and in the browser's memory: the basemap's name, then each
// overlay's with its opacity in per cent, e.g. "sheet-12,plan-1890:70". "" shows the archive's own map alone.
//
//   new MapStack(map, maps).show(chosen)
//   maps: [{slug, title, year, role: "basemap" | "overlay", tiles, bounds: [west, south, east, north], zooms: [least, most], attribution}]
//   chosen: {base: slug or "", over: Map of slug to per cent}

const USUAL = 80; // per cent
const LEVELS_BELOW = 2; // a map is drawn smaller for so many levels before it is an outline
const KEY = "maps";
const PANES = { basemap: ["map-file-ground", 210], overlay: ["map-file-overlays", 260] };

export function readChosen(text, maps) {
  const chosen = { base: "", over: new Map() };
  for (const part of text.split(",")) {
    const [slug, share] = part.split(":");
    const found = maps.find((one) => one.slug === slug);
    if (found?.role === "basemap") chosen.base = slug;
    else if (found) chosen.over.set(slug, /^\d{1,3}$/.test(share ?? "") ? Math.min(100, Number(share)) : USUAL);
  }
  return chosen;
}

export function chosenText({ base, over }) {
  return [...(base ? [base] : []), ...[...over].map(([slug, share]) => `${slug}:${share}`)].join(",");
}

/** What this browser was last told to show, "" for nothing. */
export function rememberedText() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function remember(text) {
  try {
    if (text) localStorage.setItem(KEY, text);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is switched off: the choice holds for this page only.
  }
}

export function usualShare() {
  return USUAL;
}

/** "Town plan · 1890" */
export function titleOf({ title, year }) {
  return year ? `${title} · ${year}` : title;
}

/** Leaflet prints credits as markup; a file's words are text. */
function asText(words) {
  const node = document.createElement("span");
  node.textContent = words;
  return node.innerHTML;
}

export class MapStack {
  #layers = new Map(); // slug → {tiles, outline}

  constructor(map, maps) {
    this.map = map;
    this.maps = maps;
    this.L = window.L;
    for (const [name, depth] of Object.values(PANES)) {
      const pane = map.createPane(name);
      pane.style.zIndex = depth;
      pane.style.pointerEvents = "none";
    }
  }

  show(chosen) {
    this.maps.forEach((one, order) => {
      const share = one.slug === chosen.base ? 100 : chosen.over.get(one.slug);
      if (share === undefined) this.#drop(one.slug);
      else this.#lay(one, order).tiles.setOpacity(share / 100);
    });
    this.map.getContainer().classList.toggle("other-ground", Boolean(chosen.base));
  }

  setOpacity(slug, share) {
    this.#layers.get(slug)?.tiles.setOpacity(share / 100);
  }

  boundsOf({ bounds: [west, south, east, north] }) {
    return this.L.latLngBounds([south, west], [north, east]);
  }

  /** Look at a whole map beside what covers the left or the bottom (pixels), close enough that it is drawn. */
  lookAt(one, { left = 0, bottom = 0 } = {}) {
    const bounds = this.boundsOf(one);
    this.map.fitBounds(bounds, { animate: false, paddingTopLeft: [left, 0], paddingBottomRight: [0, bottom] });
    const least = Math.min(one.zooms[0] - LEVELS_BELOW, this.map.getMaxZoom());
    if (this.map.getZoom() < least) this.map.setView(bounds.getCenter(), least, { animate: false });
  }

  /** "here", "elsewhere" or "far": too far out to be drawn. */
  whereIs(one) {
    if (!this.map.getBounds().intersects(this.boundsOf(one))) return "elsewhere";
    return Math.round(this.map.getZoom()) < one.zooms[0] - LEVELS_BELOW ? "far" : "here";
  }

  #drop(slug) {
    const layer = this.#layers.get(slug);
    this.#layers.delete(slug);
    layer?.tiles.remove();
    layer?.outline.remove();
  }

  #lay(one, order) {
    const laid = this.#layers.get(one.slug);
    if (laid) return laid;
    const { L, map } = this;
    const [pane] = PANES[one.role];
    const bounds = this.boundsOf(one);
    const [least, most] = one.zooms;
    const tiles = L.tileLayer(one.tiles, {
      pane, bounds, zIndex: order + 1, className: "map-file", attribution: asText(one.attribution || titleOf(one)),
      minZoom: Math.max(0, least - LEVELS_BELOW), minNativeZoom: least, maxNativeZoom: most, maxZoom: map.getMaxZoom(),
    }).addTo(map);
    const outline = L.rectangle(bounds, { pane, interactive: false, className: "map-file-outline" });
    const layer = { tiles, outline };
    this.#layers.set(one.slug, layer);
    const follow = () => {
      if (this.#layers.get(one.slug) !== layer) map.off("zoomend", follow);
      else if (this.whereIs(one) === "far") outline.addTo(map);
      else outline.remove();
    };
    map.on("zoomend", follow);
    follow();
    return layer;
  }
}
