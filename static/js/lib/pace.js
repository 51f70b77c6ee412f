// How fast something goes, and how long it will still take, in words.

import { count } from "./format.js";

export function duration(seconds) {
  if (seconds < 60) return count(Math.max(1, Math.round(seconds)), "second");
  if (seconds < 3600) return count(Math.round(seconds / 60), "minute");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  return minutes ? `${count(hours, "hour")} ${minutes} min` : count(hours, "hour");
}

/** Units per second over the last seconds: a short memory follows the line without jumping. */
export class Pace {
  constructor(span = 12_000) {
    this.span = span;
    this.marks = [];
  }

  mark(value, now = performance.now()) {
    this.marks.push([now, value]);
    while (this.marks.length > 2 && now - this.marks[0][0] > this.span) this.marks.shift();
  }

  clear() {
    this.marks = [];
  }

  get perSecond() {
    if (this.marks.length < 2) return 0;
    const [from, before] = this.marks[0];
    const [to, after] = this.marks[this.marks.length - 1];
    return to - from < 500 ? 0 : Math.max(0, ((after - before) * 1000) / (to - from));
  }
}
