// Drawing the bars: four paths (certain and possible, plain and chosen), so that brushing only moves a clip.
import { s } from "./dom.js";
import { axisLabels, ceilingOf } from "./time-scale.js";
import { number } from "./format.js";

const TOP = 8;
const AXIS = 22;
const LABEL = 34; // pixels the number of a level takes
let serial = 0;

function bars(values, floor, step, height, scale, room) {
  const gap = step > 6 ? 1.5 : step > 3 ? 1 : 0.25;
  const width = Math.max(0.75, step - gap);
  let path = "";
  values.forEach((value, index) => {
    if (!value) return;
    const below = floor ? Math.min(room, Math.max(floor[index] ? 1.5 : 0, floor[index] * scale)) : 0;
    const tall = Math.min(room - below, Math.max(1.5, value * scale));
    if (tall <= 0) return;
    const base = height - below;
    path += `M${(index * step + gap / 2).toFixed(2)} ${base.toFixed(2)}h${width.toFixed(2)}v${(-tall).toFixed(2)}h${(-width).toFixed(2)}z`;
  });
  return path;
}

function hatch(id, colour) {
  return s("pattern", { id, width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 1.7, height: 4, class: colour }));
}

/** Whether the numbers of the levels stand at the left: at the side whose bars leave them more room. */
function labelsLeft(slots, step) {
  const count = Math.max(1, Math.ceil(LABEL / step));
  const tallest = (from, to) => Math.max(...slots.certain.slice(from, to).map((value, index) => value + slots.possible.slice(from, to)[index]));
  const last = slots.certain.length;
  return tallest(0, count) < tallest(Math.max(0, last - count), last);
}

/** Build the picture for `slots` at `width` × `height`; `.choose(start, end)` paints slots in the accent. */
export function drawTimeline(svg, slots, { width, height, compact }) {
  const mark = (serial += 1);
  const axis = compact ? 0 : AXIS;
  const top = compact ? 2 : TOP;
  const floor = height - axis;
  const step = width / slots.certain.length;
  const { ceiling, cut } = ceilingOf(slots, compact);
  const room = floor - top;
  const scale = room / ceiling;
  const clip = s("rect", { x: 0, y: 0, width: 0, height });
  const certain = bars(slots.certain, null, step, floor, scale, room);
  const possible = bars(slots.possible, slots.certain, step, floor, scale, room);
  const pair = (chosen) => s("g", { class: chosen ? "chosen" : "", "clip-path": chosen ? `url(#brush-${mark})` : null },
    s("path", { d: certain, class: "certain" }),
    s("path", { d: possible, class: "possible", fill: `url(#hatch-${chosen ? "chosen" : "plain"}-${mark})` }));
  const lines = [];
  const left = labelsLeft(slots, step);
  for (const share of compact ? [] : [0.5, 1]) {
    const y = Math.round(floor - share * (floor - top)) + 0.5;
    lines.push(s("line", { class: "level", x1: 0, x2: width, y1: y, y2: y }));
    if (ceiling * share === Math.round(ceiling * share)) {
      lines.push(s("text", { class: "level-label", x: left ? 2 : width - 2, y: y + (share === 1 ? 11 : 4), "text-anchor": left ? "start" : "end" }, number(ceiling * share)));
    }
  }
  const cuts = cut.map((index) => s("g", { class: "cut" },
    s("path", { d: `M${(index * step - 2).toFixed(1)} ${top + 9}l${(step + 4).toFixed(1)} -5` }),
    compact ? null : s("text", { class: "level-label", x: index * step > width / 2 ? index * step - 4 : (index + 1) * step + 4, y: top + 8, "text-anchor": index * step > width / 2 ? "end" : "start" },
      number(slots.certain[index] + slots.possible[index]))));
  const labels = compact ? [] : axisLabels(slots, width, (text) => text.length * 6.6)
    .map((label) => s("text", { class: "axis-label", x: (label.x + 1).toFixed(1), y: height - 6 }, label.text));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.replaceChildren(
    s("defs", {}, hatch(`hatch-plain-${mark}`, "hatch-plain"), hatch(`hatch-chosen-${mark}`, "hatch-chosen"), s("clipPath", { id: `brush-${mark}` }, clip)),
    ...lines.filter((line) => line.tagName === "line"),
    pair(false), pair(true),
    s("line", { class: "ground", x1: 0, x2: width, y1: floor + 0.5, y2: floor + 0.5 }),
    ...lines.filter((line) => line.tagName === "text"), ...cuts, ...labels);
  return {
    floor,
    /** Pixels of a bar for so many photos. */
    heightOf: (value) => Math.max(1.5, Math.min(room, value * scale)),
    choose(start, end) {
      clip.setAttribute("x", start * step);
      clip.setAttribute("width", Math.max(0, (end - start) * step));
    },
  };
}
