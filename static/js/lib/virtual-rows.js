// A long list of which only the rows near the window are in the document.
//
// Rows above and below are stood in for by two spacers. Heights are measured when a row is drawn and guessed
// before, so that fonts, zoom and text spacing may be what the reader likes.

const MARGIN = 700; // pixels drawn beyond each edge of the window
const GUESS = 200;

/** The element whose scrolling moves `node`, or the document's. */
export function scrollerOf(node) {
  for (let up = node.parentElement; up; up = up.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return document.scrollingElement;
}

export class VirtualRows {
  #rows = [];
  #heights = [];
  #offsets = [0];
  #drawn = new Map(); // row index -> nodes
  #stale = []; // nodes of rows that were replaced, until the next drawing
  #known = new Map(); // kind of row -> last measured height

  /** `box` holds the rows, `draw(row)` returns a row's nodes, `spacer()` makes a spacer. */
  constructor(box, { draw, spacer, most = 300 }) {
    this.box = box;
    this.draw = draw;
    this.most = most;
    this.before = spacer();
    this.after = spacer();
    this.box.replaceChildren(this.before, this.after);
  }

  /** Replace the rows; those before `keep` are the same as they were. */
  setRows(rows, keep = 0) {
    for (const [index, nodes] of this.#drawn) {
      if (index < keep) continue;
      this.#stale.push(...nodes);
      this.#drawn.delete(index);
    }
    this.#rows = rows;
    this.#heights.length = Math.min(keep, this.#heights.length);
    this.#measureOffsets();
    this.update();
  }

  #heightOf(index) {
    return this.#heights[index] ?? this.#known.get(this.#rows[index].kind) ?? GUESS;
  }

  #measureOffsets() {
    let sum = 0;
    this.#offsets = new Array(this.#rows.length + 1);
    for (let index = 0; index < this.#rows.length; index += 1) {
      this.#offsets[index] = sum;
      sum += this.#heightOf(index);
    }
    this.#offsets[this.#rows.length] = sum;
  }

  #indexAt(offset) {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#offsets[middle + 1] <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forget measured heights (the width changed). */
  forgetHeights() {
    this.#heights = [];
    this.#known.clear();
  }

  /** Draw what is near the window and drop what is far. Returns false when nothing changed. */
  update() {
    // Everything is read before anything is written: a layout in between, with rows gone and the spacers still as
    // they were, would pull the scroll position up.
    const scroller = scrollerOf(this.box);
    const page = scroller === document.scrollingElement;
    const top = page ? 0 : scroller.getBoundingClientRect().top;
    const height = page ? window.innerHeight : scroller.clientHeight;
    this.gap = parseFloat(getComputedStyle(this.box).rowGap) || 0;
    const start = top - this.box.getBoundingClientRect().top;
    let first = this.#indexAt(start - MARGIN);
    let last = Math.min(this.#rows.length, this.#indexAt(start + height + MARGIN) + 1);
    const held = this.#heldRow();
    if (held !== null) {
      // The row with the keyboard's focus stays while it is near.
      if (held < first && first - held < 12) first = held;
      if (held >= last && held - last < 12) last = held + 1;
    }
    this.#swap(first, last);
    return this.#measure();
  }

  #heldRow() {
    const active = document.activeElement;
    if (!active || !this.box.contains(active)) return null;
    for (const [index, nodes] of this.#drawn) if (nodes.some((node) => node.contains(active))) return index;
    return null;
  }

  #swap(first, last) {
    for (const node of this.#stale.splice(0)) node.remove();
    for (const [index, nodes] of this.#drawn) {
      if (index >= first && index < last) continue;
      for (const node of nodes) node.remove();
      this.#drawn.delete(index);
    }
    let next = this.after;
    for (let index = last - 1; index >= first; index -= 1) {
      let nodes = this.#drawn.get(index);
      if (!nodes) {
        nodes = this.draw(this.#rows[index], index);
        this.#drawn.set(index, nodes);
        for (const node of nodes) this.box.insertBefore(node, next);
      }
      next = nodes[0];
    }
    this.first = first;
    this.last = last;
    this.#space();
  }

  #space() {
    const total = this.#offsets[this.#rows.length];
    this.#stand(this.before, this.#offsets[this.first] ?? 0);
    this.#stand(this.after, total - (this.#offsets[this.last] ?? total));
  }

  #stand(spacer, height) {
    spacer.hidden = height <= 0;
    (spacer.firstElementChild ?? spacer).style.height = `${Math.max(0, height - this.gap)}px`;
  }

  /** Take the real heights of what is drawn: the distance from a row's top to the next one's. */
  #measure() {
    let changed = false;
    for (const [index, nodes] of this.#drawn) {
      const tall = Math.max(...nodes.map((node) => node.getBoundingClientRect().height)) + this.gap + this.#marginOf(nodes[0]);
      if (Math.abs((this.#heights[index] ?? 0) - tall) > 0.5) {
        this.#heights[index] = tall;
        this.#known.set(this.#rows[index].kind, tall);
        changed = true;
      }
    }
    if (changed) {
      this.#measureOffsets();
      this.#space();
    }
    return changed;
  }

  #marginOf(node) {
    const style = getComputedStyle(node);
    return (parseFloat(style.marginTop) || 0) + (parseFloat(style.marginBottom) || 0);
  }

  /** Scroll so that a row is in the window, and draw it. */
  reveal(index) {
    const drawn = this.#drawn.get(index);
    if (!drawn) {
      const scroller = scrollerOf(this.box);
      const page = scroller === document.scrollingElement;
      const boxTop = this.box.getBoundingClientRect().top - (page ? 0 : scroller.getBoundingClientRect().top);
      const height = page ? window.innerHeight : scroller.clientHeight;
      scroller.scrollTop += boxTop + this.#offsets[index] - height / 3;
      this.update();
    }
    this.#drawn.get(index)?.[0].scrollIntoView({ block: "nearest" });
  }

  get drawnCount() {
    return [...this.#drawn.values()].reduce((sum, nodes) => sum + nodes.length, 0);
  }
}
