// What stands on the map: a thumbnail with a count, a dot with a wedge, or a hatched "might be here".
import { h, s } from "./dom.js";
import { count, shortCount } from "./format.js";

const WEDGE = 34; // pixels from the dot to the wedge's rim
const PLAIN_WIDTH = 45; // degrees drawn when the field of view is not known

/** Pixels a pin covers: larger counts, larger picture; a dot is small. */
export function pinSize({ n, possible }) {
  if (possible || n === 0) return 32;
  if (n === 1) return 16;
  return n >= 100 ? 56 : n >= 10 ? 48 : 42;
}

function wedge(direction, width) {
  const half = Math.max(8, Math.min(width ?? PLAIN_WIDTH, 180)) / 2;
  const rim = (degrees) => {
    const angle = ((direction + degrees - 90) * Math.PI) / 180;
    return `${(WEDGE * Math.cos(angle)).toFixed(1)} ${(WEDGE * Math.sin(angle)).toFixed(1)}`;
  };
  const large = half > 90 ? 1 : 0;
  return s("svg", { class: "pin-wedge", viewBox: `${-WEDGE} ${-WEDGE} ${2 * WEDGE} ${2 * WEDGE}`, width: 2 * WEDGE, height: 2 * WEDGE },
    s("path", { d: `M0 0L${rim(-half)}A${WEDGE} ${WEDGE} 0 ${large} 1 ${rim(half)}z` }));
}

/** How many more might be here, under a certain pin. */
function also(cell) {
  const more = cell.also + cell.alsoParts;
  return more ? h("span", { class: "pin-also" }, `+${shortCount(more)}${cell.atLeast ? "+" : ""}`) : null;
}

function cluster(cell, thumb) {
  const size = pinSize(cell);
  return {
    size,
    node: h("div", { class: "pin-cluster" },
      h("img", { src: thumb(cell.photo), alt: "", width: size, height: size, decoding: "async", draggable: "false" }),
      h("span", { class: "pin-count" }, shortCount(cell.n)), also(cell)),
  };
}

function dot(cell) {
  return {
    size: 24,
    node: h("div", { class: "pin-dot" }, cell.direction === null ? null : wedge(cell.direction, cell.width), h("i"), also(cell)),
  };
}

/** Photos that may be here; with n = 0 this is one of several places of photos that are counted apart. */
function possible(cell) {
  const many = cell.n + cell.parts;
  const edge = s("svg", { class: "pin-possible", viewBox: "0 0 32 32", width: 32, height: 32 },
    s("circle", { cx: 16, cy: 16, r: 14, class: "pin-hatch", fill: "url(#map-hatch)" }));
  return { size: 32, node: h("div", {}, edge, many > 1 ? h("span", { class: "pin-count" }, `${shortCount(many)}${cell.atLeast ? "+" : ""}`) : null) };
}

/** {node, size} for a cell; `thumb(id)` gives the address of a small picture. */
export function pinOf(cell, thumb) {
  const pin = cell.possible || cell.n === 0 ? possible(cell) : cell.n > 1 ? cluster(cell, thumb) : dot(cell);
  pin.node.classList.add("pin");
  pin.node.title = pinWords(cell);
  return pin;
}

export function pinWords(cell) {
  const least = cell.atLeast ? "at least " : "";
  if (cell.n === 0) return `${least}${count(cell.parts, "photo")} might be here, or elsewhere`;
  if (cell.possible) return `${least}${count(cell.n + cell.parts, "photo")} might be here`;
  const more = cell.also + cell.alsoParts;
  if (more) return `${count(cell.n, "photo")}, and ${least}${count(more, "photo")} might be here`;
  if (cell.n > 1) return count(cell.n, "photo");
  return cell.direction === null ? "1 photo" : "1 photo, with its direction of view";
}

/** The hatch that "might be here" is filled with; put it into the page once. */
export function hatchDefinition() {
  return s("svg", { class: "hatch-definition", width: 0, height: 0, "aria-hidden": "true" },
    s("defs", {}, s("pattern", { id: "map-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" },
      s("rect", { width: 5, height: 5, class: "hatch-ground" }), s("rect", { width: 1.6, height: 5, class: "hatch-line" }))));
}
