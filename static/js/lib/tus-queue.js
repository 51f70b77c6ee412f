/**
 * Many uploads, a few at a time. Holds one small record per file and never its contents.
 *
 * An item's `state`: queued, sending, sent, known (already on the server), refused (not a kind or size that is
 * taken, so no use in trying again), failed, cancelled.
 * The queue's `state`: idle, sending, paused, waiting (connection lost, `retryAt` says until when),
 * stopped (`problem` says why: the login ended).
 */

export const LANES = 3;
export const CHUNK_BYTES = 4 * 2 ** 20;
const PATIENCE = [1, 2, 4, 8, 15, 30];
const TRIES = 6;
const REFUSALS = new Set([413, 415]);

const ROLE_WORD = /[ _-](back|negative|print|rescan)\d*\.[^./]+$/i;

/** Photos before what belongs to them: the archive pairs by name and wants the photo first. */
export function rankOf(path) {
  if (/\.xmp$/i.test(path)) return 2;
  return ROLE_WORD.test(path) ? 1 : 0;
}

export class UploadQueue extends EventTarget {
  constructor({ tus, endpoint, known = () => null, changed = async () => false, sleep = wait }) {
    super();
    Object.assign(this, { tus, endpoint, known, changed, sleep });
    this.items = [];
    this.byKey = new Map();
    this.next = 0;
    this.running = 0;
    this.state = "idle";
    this.problem = "";
    this.retryAt = 0;
    this.losses = 0;
    // `wire` counts what really went out, `done` also what was there already.
    this.bytes = { total: 0, done: 0, wire: 0 };
    this.counts = { queued: 0, sending: 0, sent: 0, known: 0, refused: 0, failed: 0, cancelled: 0 };
    this.stop = new AbortController();
    this.wake = null;
  }

  /** Add files; the same path and length chosen twice counts once, and a failed one is tried again. */
  add(files) {
    const fresh = [];
    for (const { path, file } of files) {
      const key = `${file.size} ${path}`;
      const old = this.byKey.get(key);
      if (old) {
        old.file = file;
        if (old.state === "failed") this.#set(old, "queued");
        continue;
      }
      const item = { path, file, size: file.size, state: "queued", sent: 0, reason: "", url: "", rank: rankOf(path) };
      this.byKey.set(key, item);
      fresh.push(item);
      this.counts.queued += 1;
      this.bytes.total += item.size;
    }
    fresh.sort((one, other) => one.rank - other.rank);
    this.items.push(...fresh);
    this.next = 0;
    return fresh.length;
  }

  start() {
    if (this.state === "paused" || this.state === "waiting") return;
    this.#run();
  }

  pause() {
    if (this.state !== "sending" && this.state !== "waiting") return;
    this.#become("paused");
    this.#interrupt();
  }

  resume() {
    this.#become("idle");
    this.#run();
  }

  retryFailed() {
    for (const item of this.items) if (item.state === "failed") this.#set(item, "queued");
    this.next = 0;
    this.losses = 0;
    this.resume();
  }

  cancel() {
    this.#become("idle");
    this.#interrupt();
    for (const item of this.items) {
      if (["queued", "sending", "failed"].includes(item.state)) this.#set(item, "cancelled");
    }
  }

  /** Try the connection now, for instance because the browser says that it is back. */
  nudge() {
    this.wake?.();
  }

  get unfinished() {
    return this.counts.queued + this.counts.sending;
  }

  #run() {
    if (!this.unfinished) return;
    if (this.stop.signal.aborted) this.stop = new AbortController();
    this.#become("sending");
    while (this.running < Math.min(LANES, this.unfinished)) {
      this.running += 1;
      this.#lane(this.stop.signal);
    }
  }

  async #lane(signal) {
    for (;;) {
      const item = signal.aborted || this.state === "stopped" ? null : this.#take();
      if (!item) break;
      await this.#upload(item, signal);
    }
    this.running -= 1;
    if (this.running === 0 && this.state === "sending") {
      if (this.counts.queued) this.#run();
      else this.#become("idle");
    }
  }

  #take() {
    while (this.next < this.items.length) {
      const item = this.items[this.next];
      this.next += 1;
      if (item.state === "queued") {
        this.#set(item, "sending");
        return item;
      }
    }
    return null;
  }

  /** Send one file, going on after every interruption, until it is there or there is no use in trying. */
  async #upload(item, signal) {
    for (let tries = 0; ; ) {
      try {
        await this.#send(item, signal);
        this.losses = 0;
        return;
      } catch (error) {
        if (signal.aborted || error.name === "AbortError") {
          if (item.state === "sending") this.#set(item, "queued");
          this.next = 0;
          return;
        }
        if (error.kind === "connection") {
          item.asked = true;
          await this.#sitOut(signal);
          continue;
        }
        if (error.kind === "login") {
          this.#set(item, "queued");
          this.next = 0;
          this.problem = error.message;
          this.#become("stopped");
          return;
        }
        tries += 1;
        if ((error.kind === "busy" || error.kind === "offset") && tries < TRIES) {
          await this.sleep(error.kind === "busy" ? PATIENCE[tries - 1] * 1000 : 0, signal);
          continue;
        }
        item.reason = error.name === "NotReadableError" || error.name === "NotFoundError"
          ? "This file can no longer be read. It was moved, changed or removed; choose it again."
          : error.message;
        this.#set(item, REFUSALS.has(error.status) ? "refused" : "failed");
        return;
      }
    }
  }

  async #send(item, signal) {
    if (this.known(item)) {
      this.#set(item, "known");
      return;
    }
    let { url, offset } = await this.#open(item, signal);
    if (offset > 0 && offset < item.size && (await this.changed(item))) {
      await this.tus.end(url);
      ({ url, offset } = await this.#open(item, signal));
    }
    item.url = url;
    this.#progress(item, offset);
    while (offset < item.size) {
      const chunk = item.file.slice(offset, offset + CHUNK_BYTES);
      const from = offset;
      const progress = (loaded) => this.#went(item, Math.min(item.size, from + loaded));
      offset = await this.tus.send(url, offset, chunk, signal, progress);
      this.losses = 0;
      this.#went(item, offset);
    }
    this.#set(item, "sent");
  }

  /** Asking to create a file that is there already tells where to go on; that is how every try begins. */
  async #open(item, signal) {
    try {
      // After a lost connection the server may hold the file already: it then answers without reading a body,
      // which the browser can take for another lost connection, again and again. Ask with empty hands first.
      const body = !item.asked && item.size && item.size <= CHUNK_BYTES ? item.file : null;
      const progress = (loaded) => this.#went(item, Math.min(item.size, loaded));
      return await this.tus.create(this.endpoint, item.size, { relativePath: item.path }, { signal, body, progress });
    } catch (error) {
      if (error.status === 409) error.kind = "final";
      throw error;
    }
  }

  /** All lanes wait together while nothing answers, longer each time. */
  async #sitOut(signal) {
    if (this.state === "sending") {
      const seconds = PATIENCE[Math.min(this.losses, PATIENCE.length - 1)];
      this.losses += 1;
      this.retryAt = Date.now() + seconds * 1000;
      this.#become("waiting");
      this.pauseOver = Promise.race([
        this.sleep(seconds * 1000, signal),
        new Promise((resolve) => {
          this.wake = resolve;
        }),
      ]).then(() => {
        if (this.state === "waiting") this.#become("sending");
      });
    }
    await this.pauseOver;
  }

  #interrupt() {
    this.stop.abort();
    this.wake?.();
  }

  #went(item, bytes) {
    this.bytes.wire += Math.max(0, bytes - item.sent);
    this.#progress(item, bytes);
  }

  #progress(item, bytes) {
    this.bytes.done += bytes - item.sent;
    item.sent = bytes;
    this.#tell(item);
  }

  #set(item, state) {
    this.counts[item.state] -= 1;
    this.counts[state] += 1;
    item.state = state;
    if (state === "known" || state === "sent") {
      this.bytes.done += item.size - item.sent;
      item.sent = item.size;
      item.file = null;
    }
    if (state === "queued") item.reason = "";
    if (state === "cancelled") {
      this.bytes.done -= item.sent;
      this.bytes.total -= item.size;
    }
    this.#tell(item);
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent("item", { detail: item }));
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}

function wait(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
