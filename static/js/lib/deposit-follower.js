// Follows what the archive makes of a deposit, asking only for what changed.

const POLL_MS = 1000;
const SLOWEST_POLL_MS = 5000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Emits "change" whenever the rows or the progress changed. `wanted()` says whether to go on asking. */
export class DepositFollower extends EventTarget {
  constructor(api, rows, wanted) {
    super();
    Object.assign(this, { api, rows, wanted });
    this.id = null;
    this.progress = null;
    this.since = "";
    this.lastChange = Date.now();
    this.caughtUp = Promise.resolve();
  }

  /** Follow another deposit; null follows none. `caughtUp` resolves once all its files are in the rows. */
  follow(id) {
    if (this.id === id) return;
    this.id = id;
    this.since = "";
    this.progress = null;
    if (!id) return;
    this.caughtUp = new Promise((resolve) => {
      this.#poll(id, resolve);
    });
  }

  async #poll(id, caughtUp) {
    for (let pause = POLL_MS; this.id === id; await wait(pause)) {
      if (!this.wanted()) {
        pause = POLL_MS;
        continue;
      }
      try {
        pause = await this.#ask(id, pause);
        if (pause) caughtUp();
      } catch (error) {
        caughtUp();
        if (error.status === 404) return;
        pause = SLOWEST_POLL_MS;
      }
    }
  }

  /** Ask once; returns how long to wait before the next time, 0 when there is more at once. */
  async #ask(id, pause) {
    const told = await this.api.changes(id, this.since);
    if (this.id !== id) return POLL_MS;
    if (!told) return Math.min(pause * 1.5 || POLL_MS, SLOWEST_POLL_MS);
    for (const file of told.files) this.rows.told(file);
    if (told.files.length) this.lastChange = Date.now();
    this.since = told.next ?? this.since;
    this.progress = told;
    if (!told.more) this.dispatchEvent(new Event("change"));
    return told.more ? 0 : POLL_MS;
  }
}
