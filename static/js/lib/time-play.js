// Playing time: a brush that walks from bar to bar.

const BEAT = 420; // milliseconds a bar stays
const CALM_BEAT = 1100; // for readers who asked for less motion

export class TimePlay {
  #timer = 0;

  /** `choose(start, end)` moves the brush, `changed(on, settled)` hears when playing begins and ends. */
  constructor({ choose, changed }) {
    Object.assign(this, { choose, changed });
  }

  get on() {
    return this.#timer !== 0;
  }

  /** Walk a brush of its width from `start` to the end of `last` slots; from the first when it stands at the end. */
  start([start, end], last) {
    const width = end - start;
    let at = end >= last ? 0 : start;
    this.#timer = setInterval(() => {
      at += 1;
      this.choose(at, at + width);
      if (at + width >= last) this.stop(true);
    }, matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM_BEAT : BEAT);
    this.changed(true, false);
    this.choose(at, at + width);
  }

  /** `settled` when what is brushed now shall be asked for. */
  stop(settled = false) {
    if (!this.on) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.changed(false, settled);
  }
}
