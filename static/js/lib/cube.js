// The cube: cells of the map by bins of the timeline, so that brushing asks nothing of the server.
//
// An entry says how many photos of a cell lie between two bins. For a brush [start, end) a photo is certain when its
// first and last bin lie inside, possible when they only touch it. Photos within one bin, nearly all, are summed by
// running totals per cell; those that span several are few and are walked one by one.
import { breath } from "./dom.js";
import { getJson } from "./http.js";
import { cellsOf } from "./map-cells.js";
import { queryText } from "./selection.js";

const SLOW = 4000; // milliseconds: an archive that takes so long for an answer is not asked for a cube as well
const IDLE = 350;

export class Cube {
  /** Read the answer of /api/atlas with cube=1, in several tasks, so that none keeps the reader waiting. */
  static async of(answer) {
    const cube = new Cube();
    const { cube: entries, bins } = answer;
    cube.columns = entries.cells ?? answer.cells;
    cube.cells = cellsOf(cube.columns);
    cube.unit = bins.unit;
    cube.begins = bins.first;
    cube.length = bins.certain.length;
    cube.spanning = bins.spanning;
    cube.certain = new Uint32Array(cube.cells.length);
    cube.touching = new Uint32Array(cube.cells.length);
    cube.parts = Uint8Array.from(cube.cells, ({ n }) => (n === 0 ? 1 : 0));
    await breath();
    cube.#lay(entries);
    await breath();
    cube.#sum();
    return cube;
  }

  /** Entries of one bin are added up by cell and bin, those of several are kept as they are. */
  #lay({ cell: steps, first, length, n }) {
    const stride = this.length + 1;
    const cell = new Uint32Array(steps.length);
    const longer = new Uint16Array(steps.length);
    for (let at = 0, index = 0; at < (length.at?.length ?? 0); at += 1) longer[(index += length.at[at])] = length.value[at];
    this.running = new Uint32Array(this.cells.length * stride);
    const wide = [];
    for (let index = 0, sum = 0; index < steps.length; index += 1) {
      cell[index] = sum += steps[index];
      if (longer[index]) wide.push(index);
      else if (first[index] >= 0 && first[index] < this.length) this.running[sum * stride + first[index] + 1] += n[index];
    }
    this.wide = {
      cell: Uint32Array.from(wide, (index) => cell[index]),
      first: Int32Array.from(wide, (index) => first[index]),
      last: Int32Array.from(wide, (index) => first[index] + longer[index]),
      n: Uint32Array.from(wide, (index) => n[index]),
    };
    this.wideTotal = wide.reduce((sum, index) => sum + (this.parts[cell[index]] ? 0 : n[index]), 0);
  }

  /** running[cell, bin] becomes the number of photos before that bin. */
  #sum() {
    const stride = this.length + 1;
    for (let at = 0; at < this.cells.length; at += 1) {
      for (let bin = at * stride + 1; bin < (at + 1) * stride; bin += 1) this.running[bin] += this.running[bin - 1];
    }
  }

  /** Whether its bins are those on show. */
  fits(slots) {
    return Boolean(slots) && slots.unit === this.unit && slots.begins === this.begins && slots.certain.length === this.length;
  }

  /** Fill `certain` and `touching` for the bins [start, end). Returns of the photos that span several bins how many
      are certain and how many touch; `unseen` ones stand in no cell. */
  count(start, end) {
    const { running, certain, touching, wide, parts } = this;
    const stride = this.length + 1;
    for (let at = 0, row = 0; at < certain.length; at += 1, row += stride) {
      certain[at] = running[row + end] - running[row + start];
      touching[at] = certain[at];
    }
    const found = { certain: 0, touching: 0, unseen: Math.max(0, this.spanning - this.wideTotal) };
    for (let index = 0; index < wide.n.length; index += 1) {
      const first = wide.first[index];
      const last = wide.last[index];
      if (first >= end || last < start) continue;
      const cell = wide.cell[index];
      const n = wide.n[index];
      touching[cell] += n;
      if (!parts[cell]) found.touching += n;
      if (first < start || last >= end) continue;
      certain[cell] += n;
      if (!parts[cell]) found.certain += n;
    }
    return found;
  }
}

/** Holds the cube of one Selection, zoom and span; asks for the next one once the page is idle. */
export class CubeKeeper {
  #key = "";
  #cube = null;
  #asking = null;
  #waiting = 0;

  /** `changed(there)` hears whether a cube is there. */
  constructor(changed) {
    this.changed = changed;
  }

  /** `params` as for /api/atlas; its dates are left out, since the cube covers all of them. `answer` is what they gave,
      after `took` milliseconds: another state of the archive wants another cube. */
  want(address, params, answer, took) {
    const asked = new URLSearchParams(params);
    for (const name of ["from", "to"]) asked.delete(name);
    asked.set("cube", "1");
    if (answer.rev) asked.set("rev", answer.rev);
    const key = `${queryText(asked)} ${answer.bins.total} ${answer.bins.undated}`;
    if (key === this.#key) return;
    this.forget();
    if (took > SLOW || navigator.connection?.saveData) return;
    this.#key = key;
    this.#waiting = setTimeout(() => this.#ask(`${address}?${queryText(asked)}`), IDLE);
  }

  async #ask(address) {
    const mine = new AbortController();
    this.#asking = mine;
    try {
      const answer = await getJson(address, { signal: mine.signal });
      if (this.#asking !== mine || !answer.cube) return;
      await breath();
      const cube = await Cube.of(answer);
      if (this.#asking !== mine) return;
      this.#cube = cube;
      this.changed(true);
    } catch {
      // without it the map follows the brush when it rests
      if (this.#asking === mine) this.#key = "";
    }
  }

  forget() {
    clearTimeout(this.#waiting);
    this.#asking?.abort();
    this.#asking = null;
    this.#cube = null;
    this.#key = "";
    this.changed(false);
  }

  /** The cube for the bins on show, or null. */
  for(slots) {
    return this.#cube?.fits(slots) ? this.#cube : null;
  }
}
