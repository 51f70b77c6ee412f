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
function alsoText(cell) {
  const more = (cell.also ?? 0) + (cell.alsoParts ?? 0);
  return more ? `+${shortCount(more)}${cell.atLeast ? "+" : ""}` : "";
}

/** A picture that cannot be had leaves its frame. */
function blank({ target }) {
  target.replaceWith(h("span", { class: "pin-blank" }));
}

function cluster(cell, thumb) {
  return h("div", { class: "pin-cluster" }, h("img", { src: thumb(cell.photo), alt: "", decoding: "async", draggable: "false", onerror: blank }),
    h("span", { class: "pin-count" }), h("span", { class: "pin-also" }));
}

function dot(cell) {
  return h("div", { class: "pin-dot" }, cell.direction === null ? null : wedge(cell.direction, cell.width), h("i"), h("span", { class: "pin-also" }));
}

/** Photos that may be here; with n = 0 this is one of several places of photos that are counted apart. */
function possible() {
  return h("div", { class: "pin-might" }, s("svg", { class: "pin-possible", viewBox: "0 0 32 32", width: 32, height: 32 },
    s("circle", { cx: 16, cy: 16, r: 14, class: "pin-hatch", fill: "url(#map-hatch)" })), h("span", { class: "pin-count" }));
}

/** {node, size, update} for a cell; `thumb(id)` gives the address of a small picture. `update(cell)` puts the numbers
    of the same cell at another moment into it and returns the new size; nothing is built anew. */
export function pinOf(cell, thumb) {
  const doubtful = cell.possible || cell.n === 0;
  const node = doubtful ? possible() : cell.n > 1 ? cluster(cell, thumb) : dot(cell);
  const fixed = doubtful ? 32 : cell.n > 1 ? 0 : 24;
  const number = node.querySelector(".pin-count");
  const also = node.querySelector(".pin-also");
  node.classList.add("pin");
  const pin = {
    node,
    size: 0,
    update(now) {
      const many = doubtful ? now.n + (now.parts ?? 0) : now.n;
      const counted = doubtful && many < 2 ? "" : `${shortCount(many)}${doubtful && now.atLeast ? "+" : ""}`;
      if (number) say(number, counted);
      if (also) say(also, alsoText(now));
      node.classList.toggle("only-might", !doubtful && now.n === 0);
      const words = pinWords({ ...now, possible: doubtful || now.n === 0 });
      if (node.title !== words) node.title = words;
      pin.size = fixed || pinSize({ n: Math.max(2, now.n), possible: false });
      return pin.size;
    },
  };
  pin.update(cell);
  return pin;
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

export function pinWords(cell) {
  const least = cell.atLeast ? "at least " : "";
  const { n, parts = 0 } = cell;
  const more = (cell.also ?? 0) + (cell.alsoParts ?? 0);
  if (n === 0 && parts) return `${least}${count(parts, "photo")} might be here, or elsewhere`;
  if (cell.possible) return `${least}${count(n + parts + more, "photo")} might be here`;
  if (more) return `${count(n, "photo")}, and ${least}${count(more, "photo")} might be here`;
  if (n > 1) return count(n, "photo");
  return cell.direction === null ? "1 photo" : "1 photo, with its direction of view";
}

/** The hatch that "might be here" is filled with; put it into the page once. */
export function hatchDefinition() {
  return s("svg", { class: "hatch-definition", width: 0, height: 0, "aria-hidden": "true" },
    s("defs", {}, s("pattern", { id: "map-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" },
      s("rect", { width: 5, height: 5, class: "hatch-ground" }), s("rect", { width: 1.6, height: 5, class: "hatch-line" }))));
}
