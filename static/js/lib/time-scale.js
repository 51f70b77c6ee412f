// From bins of the answer to bars: one slot per unit, positions, sums, labels that do not touch.
import { axisLabel, ordinal, position, typedSpan } from "./civil.js";

/** Slots of the answer's bins, one after another: {unit, begins, first, certain[], possible[]}; null without bins. */
export function slotsOf(bins) {
  if (!bins?.certain.length) return null;
  return { unit: bins.unit, begins: bins.first, first: ordinal(bins.unit, bins.first), certain: bins.certain, possible: bins.possible };
}

/** [start, end) in slots that "from" and "to" cover, with fractions when they are finer than the bars; null when
    neither is set or nothing on show is covered. */
export function coveredSlots(slots, from, to) {
  if (!slots || (!from && !to)) return null;
  const low = from ? typedSpan(from)?.[0] : null;
  const high = to ? typedSpan(to)?.[1] : null;
  const last = slots.certain.length;
  const start = low ? position(slots.unit, low) - slots.first : 0;
  const end = high ? position(slots.unit, high, 1) - slots.first : last;
  if (end <= 0 || start >= last || end <= start) return null;
  return [Math.max(0, start), Math.min(last, end)];
}

/** Photos that surely, and that possibly, fall into slots [start, end). */
export function sums(slots, start, end) {
  const add = (list) => list.slice(Math.floor(start), Math.ceil(end)).reduce((total, value) => total + value, 0);
  return { certain: add(slots.certain), possible: add(slots.possible) };
}

function niceTop(value) {
  if (value <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}

/** The count at the top of the picture. A few bars that would flatten all others are cut and carry their number. */
export function ceilingOf(slots, tight = false) {
  const totals = slots.certain.map((value, index) => value + slots.possible[index]);
  const counted = totals.filter(Boolean).sort((a, b) => a - b);
  const most = counted.at(-1) ?? 1;
  const usual = counted[Math.floor(counted.length * 0.95)] ?? most;
  if (counted.length < 12 || most < usual * 4) return { ceiling: tight ? most : niceTop(most), cut: [] };
  const ceiling = tight ? usual * 1.25 : niceTop(usual * 1.25);
  return { ceiling, cut: totals.flatMap((total, index) => (total > ceiling ? [index] : [])) };
}

/** Labels {x, text} under the axis, those of higher rank placed first, none closer than `gap` to another. */
export function axisLabels(slots, width, measure, gap = 14) {
  const step = width / slots.certain.length;
  const wanted = slots.certain.map((_, index) => ({ x: index * step, index, ...axisLabel(slots.unit, slots.first + index) }));
  const taken = [];
  const kept = [];
  const top = Math.max(...wanted.map((label) => label.rank));
  for (let rank = top; rank >= 0; rank -= 1) {
    const level = wanted.filter((label) => label.rank === rank);
    const placed = level.filter((label) => {
      const end = label.x + measure(label.text);
      return end <= width && taken.every(([from, to]) => end + gap < from || label.x > to + gap);
    });
    // A rank appears whole or not at all: every second month with holes reads as an error.
    const fits = placed.length === level.length || rank === top || placed.length >= level.length * 0.8;
    const apart = level.length < 2 || (level[1].x - level[0].x) > Math.max(...level.map((label) => measure(label.text))) + gap;
    if (!fits || (!apart && rank !== top)) continue;
    for (const label of apart ? placed : thinned(placed, measure, gap)) {
      taken.push([label.x, label.x + measure(label.text)]);
      kept.push(label);
    }
  }
  return kept.sort((a, b) => a.x - b.x);
}

function thinned(labels, measure, gap) {
  if (labels.length < 2) return labels;
  const widest = Math.max(...labels.map((label) => measure(label.text))) + gap;
  const every = Math.ceil(widest / (labels[1].x - labels[0].x));
  return labels.filter((_, index) => index % every === 0);
}
