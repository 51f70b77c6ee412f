// Civil time in whole units of the timeline. A unit's ordinal counts units since year 0, without any zone.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const YEARS = { year: 1, decade: 10, century: 100 };

const two = (value) => String(value).padStart(2, "0");
const four = (value) => (value < 0 ? `-${String(-value).padStart(4, "0")}` : String(value).padStart(4, "0"));

/** Parts of "2019-06-12T14:30:00"; years before 0 carry a minus sign. */
export function parts(text) {
  const found = /^(-?\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found.map((part) => (part === undefined ? 0 : Number(part)));
  return { year, month, day, hour, minute, second };
}

function epochSeconds({ year, month, day, hour, minute, second }) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1000;
}

function fromEpoch(seconds) {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** Ordinal of the unit that holds the clock `text`; null when it cannot be read. */
export function ordinal(unit, text) {
  const when = parts(text);
  if (!when) return null;
  if (unit in YEARS) return Math.floor(when.year / YEARS[unit]);
  if (unit === "month") return when.year * 12 + when.month - 1;
  return Math.floor(epochSeconds(when) / SECONDS[unit]);
}

/** Where a clock, and `later` seconds, stand among the units: the ordinal and the fraction of its unit gone by. */
export function position(unit, text, later = 0) {
  const count = ordinal(unit, text);
  const opened = epochSeconds(opening(unit, count));
  const length = epochSeconds(opening(unit, count + 1)) - opened;
  return count + (epochSeconds(parts(text)) + later - opened) / length;
}

/** First clock of a unit, as parts. */
export function opening(unit, count) {
  const rest = { month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  if (unit in YEARS) return { ...rest, year: count * YEARS[unit] };
  if (unit === "month") return { ...rest, year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return fromEpoch(count * SECONDS[unit]);
}

function clockText({ year, month, day, hour, minute, second }) {
  return `${four(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Seconds since 1970-01-01T00:00 of the clock `text`, and the clock of such seconds. */
export function secondsOf(text) {
  return epochSeconds(parts(text));
}

export function clockAt(seconds) {
  return clockText(fromEpoch(seconds));
}

/** First second of a unit as ISO text. */
export function openingText(unit, count) {
  return clockText(opening(unit, count));
}

/** Last second of a unit as ISO text. */
export function closingText(unit, count) {
  return clockText(fromEpoch(epochSeconds(opening(unit, count + 1)) - 1));
}

/** What to write for "from": the shortest date that begins where the unit begins. */
export function fromText(unit, count) {
  const when = opening(unit, count);
  if (unit in YEARS) return four(when.year);
  if (unit === "month") return `${four(when.year)}-${two(when.month)}`;
  if (unit === "day") return `${four(when.year)}-${two(when.month)}-${two(when.day)}`;
  return clockText(when);
}

/** What to write for "to": the shortest date that ends where the unit ends. */
export function toText(unit, count) {
  if (unit in YEARS) return four((count + 1) * YEARS[unit] - 1);
  if (unit === "month" || unit === "day") return fromText(unit, count);
  return closingText(unit, count);
}

/** A unit in words: "June 2019", "12 June 2019, 14:00", "the 1920s". */
export function unitWords(unit, count) {
  const when = opening(unit, count);
  const day = `${when.day} ${MONTHS[when.month - 1]} ${when.year}`;
  switch (unit) {
    case "century": return `${when.year}–${when.year + 99}`;
    case "decade": return `${when.year}s`;
    case "year": return String(when.year);
    case "month": return `${MONTHS[when.month - 1]} ${when.year}`;
    case "day": return day;
    case "second": return `${day}, ${two(when.hour)}:${two(when.minute)}:${two(when.second)}`;
    default: return `${day}, ${two(when.hour)}:${two(when.minute)}`;
  }
}

/** Short words under the axis, and whether the unit opens a larger one (a label worth keeping first). */
export function axisLabel(unit, count) {
  const when = opening(unit, count);
  const month = MONTHS[when.month - 1].slice(0, 3);
  const clock = `${two(when.hour)}:${two(when.minute)}`;
  switch (unit) {
    case "century": return { text: String(when.year), rank: when.year % 1000 === 0 ? 2 : 1 };
    case "decade": return { text: String(when.year), rank: when.year % 100 === 0 ? 2 : 1 };
    case "year": return { text: String(when.year), rank: when.year % 100 === 0 ? 4 : when.year % 10 === 0 ? 3 : when.year % 5 === 0 ? 2 : 1 };
    case "month": return when.month === 1 ? { text: String(when.year), rank: when.year % 10 === 0 ? 4 : when.year % 5 === 0 ? 3 : 2 } : { text: month, rank: when.month === 7 ? 1 : 0 };
    case "day": return when.day === 1 ? { text: `${month} ${when.year}`, rank: when.month === 1 ? 3 : 2 } : { text: String(when.day), rank: when.day % 10 === 1 && when.day < 31 ? 1 : 0 };
    case "hour": return when.hour === 0 ? { text: `${when.day} ${month}`, rank: when.day === 1 ? 3 : 2 } : { text: clock, rank: when.hour % 6 === 0 ? 1 : 0 };
    case "minute": return { text: clock, rank: when.minute === 0 ? 3 : when.minute % 15 === 0 ? 2 : when.minute % 5 === 0 ? 1 : 0 };
    default: return { text: `${clock}:${two(when.second)}`, rank: when.second === 0 ? 3 : when.second % 15 === 0 ? 2 : when.second % 5 === 0 ? 1 : 0 };
  }
}

/** The first and last second that a typed date such as "2018", "2018-06", "2018-06-12" or a clock may mean, or null. */
export function typedSpan(text) {
  const clean = (text ?? "").trim().replace(/[~?%]$/, "");
  const year = /^(-?\d{4})$/.exec(clean);
  if (year) return [`${clean}-01-01T00:00:00`, `${clean}-12-31T23:59:59`];
  const month = /^(-?\d{4}-\d\d)$/.exec(clean);
  if (month) {
    const count = ordinal("month", `${clean}-01T00:00:00`);
    return count === null ? null : [openingText("month", count), closingText("month", count)];
  }
  if (/^-?\d{4}-\d\d-\d\d$/.test(clean)) return [`${clean}T00:00:00`, `${clean}T23:59:59`];
  const decade = /^(\d{3})X$/.exec(clean);
  if (decade) return [`${decade[1]}0-01-01T00:00:00`, `${decade[1]}9-12-31T23:59:59`];
  return parts(clean) ? [clean, clean] : null;
}
