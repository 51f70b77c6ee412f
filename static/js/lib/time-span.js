// The stretch of time on show: moving and zooming it, and the way back out of it in words.
import { clockAt, fromText, openingText, ordinal, secondsOf, toText, unitWords } from "./civil.js";

const SHORTEST = 60; // seconds
const EARLIEST = secondsOf("0001-01-01T00:00:00");
const LATEST = secondsOf("9999-12-31T23:59:59") + 1;
const STEPS = ["century", "decade", "year", "month", "day", "hour", "minute"];
const MONTH = /^\S+/;

/** {low, high} in civil seconds, high not included. */
export function spanOf({ unit, first, certain }) {
  return { low: secondsOf(openingText(unit, first)), high: secondsOf(openingText(unit, first + certain.length)) };
}

function unitSpan(unit, count) {
  return { low: secondsOf(openingText(unit, count)), high: secondsOf(openingText(unit, count + 1)) };
}

/** The slots [start, end) as a span. */
export function slotSpan(slots, start, end) {
  return { low: unitSpan(slots.unit, slots.first + start).low, high: unitSpan(slots.unit, slots.first + end - 1).high };
}

/** A span as the address has it, grown to whole units, in the largest unit that says it. */
export function spanText(span) {
  const { low, high } = whole(span);
  const [begin, end] = [clockAt(low), clockAt(high - 1)];
  for (const unit of ["year", "month", "day"]) {
    const [first, last] = [ordinal(unit, begin), ordinal(unit, end)];
    if (unitSpan(unit, first).low === low && unitSpan(unit, last).high === high) return `${fromText(unit, first)},${toText(unit, last)}`;
  }
  return `${begin},${end}`;
}

const DAY = 86_400;
const GRAINS = [["year", 60 * 365 * DAY], ["month", 3 * 365 * DAY], ["day", 40 * DAY], ["hour", 2 * DAY], ["minute", 7200], ["second", 0]];

/** The span grown to whole units, coarse ones where it is long: its address stays short. */
function whole({ low, high }) {
  const [unit] = GRAINS.find(([, least]) => high - low >= least);
  return { low: unitSpan(unit, ordinal(unit, clockAt(low))).low, high: unitSpan(unit, ordinal(unit, clockAt(high - 1))).high };
}

/** The span made shorter (factor < 1) or longer about a share of its width. */
export function scaled({ low, high }, factor, share = 0.5) {
  const at = low + (high - low) * share;
  const length = Math.max(SHORTEST, Math.min(LATEST - EARLIEST, (high - low) * factor));
  return moved({ low: at - length * share, high: at + length * (1 - share) }, 0);
}

/** The span so many of its widths later. */
export function moved({ low, high }, widths) {
  const length = Math.round(high - low);
  const start = Math.max(EARLIEST, Math.min(LATEST - length, Math.round(low + length * widths)));
  return { low: start, high: start + length };
}

export function contains(outer, inner) {
  return outer.low <= inner.low && outer.high >= inner.high;
}

/** The way to what is on show: [{words, label, span, here}], widest first, without "all". */
export function crumbsOf(shown, whole) {
  const crumbs = [];
  const [begin, end] = [clockAt(shown.low), clockAt(shown.high - 1)];
  for (const unit of STEPS) {
    const count = ordinal(unit, begin);
    if (count !== ordinal(unit, end)) break;
    const span = unitSpan(unit, count);
    if (whole && contains(span, whole)) continue;
    crumbs.push({ words: shortWords(unit, count), label: unitWords(unit, count), span, here: contains(shown, span), unit });
  }
  return crumbs.filter(({ unit }, index) => unit !== "century" || index === crumbs.length - 1);
}

function shortWords(unit, count) {
  const words = unitWords(unit, count);
  if (unit === "month") return words.match(MONTH)[0];
  if (unit === "day") return words.replace(/ \S+$/, "");
  if (unit === "hour" || unit === "minute") return words.replace(/^.*, /, "");
  return words;
}
