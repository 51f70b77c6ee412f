// Numbers and counts as people read them.

const WHOLE = new Intl.NumberFormat("en-GB");

export function number(value) {
  return WHOLE.format(value);
}

/** count(1, "photo") is "1 photo"; count(1516, "photo") is "1,516 photos". */
export function count(value, singular, plural = `${singular}s`) {
  return `${number(value)} ${value === 1 ? singular : plural}`;
}

/** 950 is "950 m", 1500 is "1.5 km". */
export function metres(value) {
  if (value < 1000) return `${WHOLE.format(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} m`;
  return `${WHOLE.format(value < 10_000 ? Math.round(value / 100) / 10 : Math.round(value / 1000))} km`;
}

/** 1536 is "1.5 kB" (powers of a thousand). */
export function bytes(value) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let left = value;
  while (left >= 1000 && unit < units.length - 1) {
    left /= 1000;
    unit += 1;
  }
  return `${unit && left < 10 ? left.toFixed(1) : WHOLE.format(Math.round(left))} ${units[unit]}`;
}

/** A count short enough for a pin: 1204 is "1,204", 23456 is "23k". */
export function shortCount(value) {
  if (value < 10_000) return number(value);
  if (value < 1_000_000) return `${Math.floor(value / 1000)}k`;
  return `${(Math.floor(value / 100_000) / 10).toString()}M`;
}
