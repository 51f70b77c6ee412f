/* Sets names so that none touches another or a pin: the more important one first, each at the first of its spots
   that is free, else not at all. */

import { breath } from "./dom.js";

const TOWN = 0, CAPITAL = 1, COUNTRY = 2, SEA = 3;
const CELL = 64;
const SLICE_MS = 8;
const MOST_WIDTHS = 20_000; // of names remembered; beyond, all are measured anew
const SEA_SHIFTS = [[0, 0], [0.4, 0], [-0.4, 0], [0, 1.5], [0, -1.5]];
const SHIFTS = [[0, 0], [0, -1], [0, 1], [0, -1.8], [0, 1.8], [-0.3, 0], [0.3, 0], [-0.3, -1], [0.3, -1], [-0.3, 1], [0.3, 1]];

/** Boxes already taken, by cell, so that a new one is compared with its neighbours only. */
class Taken {
  #cells = new Map();

  constructor(boxes) {
    for (const box of boxes) this.add(box);
  }

  *#around({ left, top, right, bottom }) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) yield y * 4096 + x;
    }
  }

  add(box) {
    for (const cell of this.#around(box)) {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push(box);
    }
  }

  free(box) {
    for (const cell of this.#around(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
      }
    }
    return true;
  }
}

const around = (x, y, width, height, air) => ({ left: x - width / 2 - air, top: y - height / 2 - air, right: x + width / 2 + air, bottom: y + height / 2 + air });

/** Order of setting: countries while they are the subject, then towns by zoom of appearance and size, with the great waters among them. */
function weight(label, zoom) {
  if (label.kind === COUNTRY) return (zoom < 8 ? 900 : 150) + label.size;
  if (label.kind === SEA) return 280 - label.firstZoom * 20;
  return 300 - label.firstZoom * 20 + label.size * 4 + (label.kind === CAPITAL ? 120 : 0);
}

/** The words of a name on one, two or three lines, as even as they go. */
function lines(name, most) {
  const words = name.split(" ");
  if (words.length === 1 || most === 1) return [name];
  const count = Math.min(most, words.length);
  const target = name.length / count;
  const out = [words[0]];
  for (const word of words.slice(1)) {
    const line = out[out.length - 1];
    if (out.length < count && line.length + word.length / 2 > target) out.push(word);
    else out[out.length - 1] = `${line} ${word}`;
  }
  return out;
}

const known = new Map(); // font, spacing and words -> width in pixels

export class Setting {
  constructor(pen, colours, zoom, taken) {
    this.pen = pen;
    this.colours = colours;
    this.zoom = zoom;
    this.taken = new Taken(taken);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
  }

  /** Sets the names in slices, so that no task holds the main thread for long. */
  async place(labels) {
    this.dots = new Taken(labels.filter((label) => this.#leads(label)).map(({ px, py }) => around(px, py, 6, 6, 1)));
    const order = labels.map((label) => ({ label, rank: weight(label, this.zoom) }));
    order.sort((a, b) => b.rank - a.rank || a.label.x - b.label.x);
    let until = performance.now() + SLICE_MS;
    for (const { label } of order) {
      if (performance.now() > until) {
        await breath();
        until = performance.now() + SLICE_MS;
      }
      if (label.kind === COUNTRY) this.#country(label);
      else if (label.kind === SEA) this.#sea(label);
      else this.#town(label);
    }
  }

  /** Whether a town is so much the subject at this zoom that a country's name makes way for its dot. */
  #leads(label) {
    return label.kind === CAPITAL || (label.kind === TOWN && label.firstZoom <= Math.max(this.zoom - 1, 2));
  }

  /** Widths include the spacing after each letter but the last. */
  #block(font, spacing, rows, leading) {
    const widths = rows.map((row) => this.#width(font, spacing, row));
    return { font, spacing, rows, widths, leading, width: Math.max(...widths), height: leading * rows.length };
  }

  #width(font, spacing, row) {
    const key = `${font}|${spacing}|${row}`;
    if (!known.has(key)) {
      if (known.size > MOST_WIDTHS) known.clear();
      this.pen.font = font;
      this.pen.letterSpacing = `${spacing}px`;
      known.set(key, this.pen.measureText(row).width - spacing);
    }
    return known.get(key);
  }

  #write(block, x, y, colour, halo, align = "center") {
    const { pen } = this;
    pen.font = block.font;
    pen.letterSpacing = `${block.spacing}px`;
    pen.textAlign = "left";
    pen.strokeStyle = halo;
    pen.lineWidth = 3;
    pen.fillStyle = colour;
    block.rows.forEach((row, n) => {
      const left = align === "center" ? x - block.widths[n] / 2 : align === "left" ? x : x - block.widths[n];
      const middle = y + (n - (block.rows.length - 1) / 2) * block.leading;
      if (halo) pen.strokeText(row, left, middle);
      pen.fillText(row, left, middle);
    });
  }

  /** The first block at the first of its spots that is free: the middle, then somewhat up, down or aside. */
  #centred(label, blocks, shifts, colour, halo) {
    for (const [dx, dy] of shifts) {
      for (const block of blocks) {
        const x = label.px + dx * block.width, y = label.py + dy * block.leading;
        const box = around(x, y, block.width, block.height, 4);
        if (!this.taken.free(box) || !this.dots.free(box)) continue;
        this.taken.add(box);
        this.#write(block, x, y, colour, halo);
        return;
      }
    }
  }

  #country(label) {
    const room = 2 ** (label.size / 8 - 16) * label.world;
    if (room > 6000) return;
    const size = Math.round(Math.min(Math.max(10.5 + Math.log2(room / 70) * 1.7, 10.5), 18) * 2) / 2;
    const spacing = size * (room > 160 ? 0.22 : 0.12);
    const name = label.name.toUpperCase();
    const font = `italic ${size}px ${this.colours.serif}`;
    const blocks = [1, 2, 3].map((most) => this.#block(font, spacing, lines(name, most), size * 1.35));
    const fitting = blocks.filter((block) => block.width <= room * 1.15 || this.zoom >= 7 || (this.zoom >= 5 && block.width < room * 2));
    this.#centred(label, fitting, SHIFTS, this.colours.country, this.colours.halo);
  }

  #sea(label) {
    const ocean = label.firstZoom < 2.5;
    const size = Math.min((ocean ? 12 : 11) + (this.zoom - label.firstZoom) * 0.8, ocean ? 18 : 15);
    const font = `italic ${size}px ${this.colours.serif}`;
    const most = label.name.length > 11 ? 3 : 2;
    const blocks = [most, 1].map((count) => this.#block(font, size * 0.1, lines(label.name, count), size * 1.3));
    this.#centred(label, blocks, SEA_SHIFTS, this.colours.labelSea, "");
  }

  #town(label) {
    const { pen, colours, zoom } = this;
    const lead = label.size + (zoom - label.firstZoom) * 0.7 + (label.kind === CAPITAL ? 2 : 0);
    const size = lead > 13 ? 13.5 : lead > 10.5 ? 12.5 : lead > 7 ? 11.5 : 11;
    const radius = label.kind === CAPITAL ? 2.6 : lead > 10.5 ? 2.2 : 1.7;
    const dot = around(label.px, label.py, radius * 2, radius * 2, 1);
    if (!this.taken.free(dot)) return;
    const rows = label.name.length > 22 ? lines(label.name, 2) : [label.name];
    const block = this.#block(`${lead > 10.5 ? 500 : 400} ${size}px ${colours.sans}`, 0, rows, size * 1.15);
    const gap = radius + 3;
    const spots = [
      [gap, 0, "left"], [-gap, 0, "right"], [0, -gap - block.height / 2, "center"], [0, gap + block.height / 2, "center"],
      [gap, -block.height * 0.55, "left"], [gap, block.height * 0.55, "left"],
    ];
    for (const [dx, dy, align] of spots) {
      const x = label.px + dx, y = label.py + dy;
      const middle = align === "center" ? x : align === "left" ? x + block.width / 2 : x - block.width / 2;
      const box = around(middle, y, block.width, block.height, 2);
      if (!this.taken.free(box)) continue;
      this.taken.add(box);
      this.taken.add(dot);
      this.#write(block, x, y, lead > 10.5 ? colours.ink : colours.town, colours.halo, align);
      this.#dot(label, radius);
      return;
    }
  }

  #dot({ px, py, kind }, radius) {
    const { pen, colours } = this;
    pen.beginPath();
    pen.arc(px, py, radius, 0, 2 * Math.PI);
    pen.fillStyle = kind === CAPITAL ? colours.halo : colours.town;
    pen.strokeStyle = kind === CAPITAL ? colours.ink : colours.halo;
    pen.lineWidth = kind === CAPITAL ? 1.4 : 1.6;
    if (kind === TOWN) pen.stroke();
    pen.fill();
    if (kind === CAPITAL) pen.stroke();
  }
}
