// Upload many files into a collection, resumably, and follow what the archive makes of each.
//
// <deposit-box data-collection="slug" data-api="/api/deposits/" data-summary="/studio/deposits/ID/summary/">
// The markup is templates/studio/upload.html; every part that changes is named by data-part.

import { announce } from "../lib/announce.js";
import { DepositApi } from "../lib/deposit-api.js";
import { DepositFollower } from "../lib/deposit-follower.js";
import { filesOfDrop, filesOfInput } from "../lib/folders.js";
import { count, number } from "../lib/format.js";
import { csrfToken } from "../lib/http.js";
import { Pace } from "../lib/pace.js";
import { Tus } from "../lib/tus.js";
import { UploadQueue } from "../lib/tus-queue.js";
import { UploadMemory } from "../lib/upload-memory.js";
import { UploadRows } from "../lib/upload-rows.js";
import { arrived, headline, missing, outcome, paceWords, spoken, unreadWords } from "../lib/upload-words.js";
import { DepositList } from "./deposit-list.js";

const RENDER_MS = 200;
const SAY_MS = 15_000;

class DepositBox extends HTMLElement {
  connectedCallback() {
    this.api = new DepositApi(this.dataset.api);
    this.memory = new UploadMemory(this.dataset.collection);
    this.rows = new UploadRows();
    this.pace = new Pace();
    this.follower = new DepositFollower(this.api, this.rows, () => this.isConnected && !this.finished);
    this.follower.addEventListener("change", () => {
      this.#soon();
      if (this.finished) this.#summarise();
    });
    this.deposit = this.unfinished = this.queue = null;
    this.lastSaid = 0;
    const part = (name) => this.querySelector(`[data-part=${name}]`);
    this.piece = part;
    this.list = new DepositList(this.rows, part);
    this.#listenToChoices();
    this.#listenToButtons();
    this.#lookForUnfinished();
  }

  /** True when all that was chosen went out and the archive has judged all that it got. */
  get finished() {
    if (!this.follower.progress || this.queue?.unfinished) return false;
    const counts = this.rows.counts();
    return counts.all > 0 && counts.sending === 0 && counts.reading === 0;
  }

  #listenToChoices() {
    const { piece: part } = this;
    part("pick-files").addEventListener("click", () => part("files").click());
    for (const name of ["pick-folder", "pick-again"]) {
      part(name).addEventListener("click", () => part("folder-input").click());
    }
    for (const name of ["files", "folder-input"]) {
      part(name).addEventListener("change", (event) => {
        const { found, left } = filesOfInput(event.target);
        this.#add(found, [], left);
        event.target.value = "";
      });
    }
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      this.classList.add("over");
    });
    this.addEventListener("dragleave", (event) => {
      if (!this.contains(event.relatedTarget)) this.classList.remove("over");
    });
    this.addEventListener("drop", async (event) => {
      event.preventDefault();
      this.classList.remove("over");
      const looking = (n) => this.#tell(`Looking through the folder: ${count(n, "file")} so far`);
      const { found, unread, left } = await filesOfDrop(event.dataTransfer, looking);
      this.#add(found, unread, left);
    });
  }

  #listenToButtons() {
    const { piece: part } = this;
    part("pause").addEventListener("click", () => {
      if (["paused", "stopped"].includes(this.queue.state)) this.queue.resume();
      else this.queue.pause();
      this.#render();
    });
    part("retry").addEventListener("click", () => this.#retry());
    part("cancel").addEventListener("click", () => part("cancel-dialog").showModal());
    part("cancel-dialog").addEventListener("close", () => {
      if (part("cancel-dialog").returnValue === "cancel") this.#cancel();
    });
    part("leave-it").addEventListener("click", () => {
      this.memory.forget(this.unfinished.id);
      this.unfinished = null;
      part("unfinished").hidden = true;
      part("pick-folder").focus();
    });
    window.addEventListener("online", () => this.queue?.nudge());
    window.addEventListener("beforeunload", (event) => {
      if (this.queue && ["sending", "waiting"].includes(this.queue.state)) event.preventDefault();
    });
  }

  /** Offer to go on with an upload that this browser, or the server, knows to be incomplete. */
  async #lookForUnfinished() {
    let open;
    try {
      open = (await this.api.latest(this.dataset.collection)).filter((deposit) => deposit.state === "open");
    } catch {
      return; // Nothing to offer; choosing files will say what is wrong.
    }
    if (this.deposit) return; // Somebody was faster and has chosen files already.
    const wanted = new URLSearchParams(location.search).get("deposit");
    const kept = this.memory.recall();
    const found =
      open.find((deposit) => deposit.id === wanted) ??
      open.find((deposit) => kept?.deposit === deposit.id && missing(deposit, kept).missing > 0) ??
      open.find((deposit) => !deposit.done);
    if (!found) return;
    const lack = missing(found, kept);
    if (lack.missing > 0) {
      this.unfinished = found;
      const words = this.piece("unfinished-words");
      words.textContent =
        `${number(arrived(found))} of ${count(lack.all, "file")} arrived. Choose the same folder or files again: ` +
        "what is here already is skipped, and what was half sent goes on where it stopped.";
      this.piece("unfinished").hidden = false;
      announce(`An upload was not finished. ${words.textContent}`);
    }
    this.#follow(found);
  }

  async #add(found, unread, left) {
    const notes = unreadWords(unread, left);
    this.piece("unread").hidden = !notes;
    this.piece("unread-words").textContent = notes;
    if (!found.length) {
      this.#tell("There was no file in this.");
      return;
    }
    this.#tell("");
    try {
      this.beginning ??= this.#begin();
      await this.beginning;
    } catch (error) {
      this.#tell(error.message, true);
      this.beginning = null;
      return;
    }
    const added = this.queue.add(found);
    for (const item of this.queue.items) this.rows.sent(item);
    this.memory.note(this.deposit.id, found);
    this.memory.remember(this.deposit.id, this.rows.all.length);
    this.piece("unfinished").hidden = true;
    this.piece("summary").replaceChildren();
    this.summarised = null;
    announce(`${count(added, "file")} added. Sending begins.`);
    this.queue.start();
    this.#render();
    this.piece("headline").focus();
  }

  /** Make sure that there is a deposit, and that what it holds already is known. */
  async #begin() {
    if (this.cancelled) this.rows.clear();
    this.cancelled = false;
    this.#follow(this.unfinished ?? this.deposit ?? (await this.api.open(this.dataset.collection)));
    await this.follower.caughtUp;
    this.queue = new UploadQueue({
      tus: new Tus(csrfToken),
      endpoint: this.deposit.files,
      known: (item) => this.rows.has(item.path, item.size),
      changed: (item) => this.memory.changed(this.deposit.id, item),
    });
    this.queue.addEventListener("item", () => this.#soon());
    this.queue.addEventListener("state", (event) => this.#stateChanged(event.detail));
  }

  #follow(deposit) {
    this.deposit = deposit;
    this.follower.follow(deposit.id);
  }

  #stateChanged(state) {
    this.pace.clear();
    if (state === "waiting") announce("The connection was lost. Sending goes on by itself when it is back.");
    if (state === "paused") announce("Paused.");
    if (state === "stopped") announce("Your login has ended. Log in again in another tab, then press Resume.");
    this.#soon();
  }

  async #retry() {
    this.piece("summary").replaceChildren();
    this.summarised = null;
    this.queue?.retryFailed();
    try {
      const { progress } = this.follower;
      if (progress?.counts.failed) this.follower.progress = await this.api.retry(this.deposit.id);
    } catch (error) {
      this.#tell(error.message, true);
    }
    this.#render();
    this.piece("headline").focus();
  }

  async #cancel() {
    this.queue?.cancel();
    try {
      const told = await this.api.cancel(this.deposit.id);
      for (const file of told.files ?? []) this.rows.told(file);
      this.memory.forget(this.deposit.id);
    } catch (error) {
      this.#tell(error.message, true);
      return;
    }
    // A cancelled deposit takes nothing more: the next choice opens a new one.
    this.follower.follow(null);
    this.deposit = this.queue = this.unfinished = this.beginning = null;
    this.cancelled = true;
    this.piece("unfinished").hidden = true;
    this.#tell("Cancelled. What had arrived stays; nothing more is sent.");
    announce("Cancelled. What had arrived stays.");
    this.#render();
    this.piece("pick-folder").focus();
  }

  async #summarise() {
    const { id } = this.deposit;
    if (this.summarised === this.follower.since) return;
    this.summarised = this.follower.since;
    if (!this.queue?.counts.failed) this.memory.forget(id);
    this.#say(true);
    const answer = await fetch(this.dataset.summary.replace("ID", id), { credentials: "same-origin" });
    if (!answer.ok || this.deposit?.id !== id) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.piece("summary").replaceChildren(...page.body.children);
  }

  #soon() {
    this.rendering ??= setTimeout(() => {
      this.rendering = null;
      this.#render();
    }, RENDER_MS);
  }

  #render() {
    const { piece: part, queue, rows, finished, cancelled, pace } = this;
    const { progress, lastChange } = this.follower;
    const counts = rows.counts();
    part("panel").hidden = counts.all === 0;
    this.classList.toggle("busy", counts.all > 0);
    if (!counts.all) return;
    if (queue?.state === "sending") pace.mark(queue.bytes.wire);
    part("headline").textContent = headline({ counts, queue, finished, cancelled });
    part("pace").textContent = paceWords({ queue, progress, lastChange, rate: pace.perSecond });
    const asked = counts.all - counts.cancelled;
    const unsent = queue?.counts.failed ?? 0;
    const sent = asked - counts.sending - unsent;
    const judged = counts.stored + counts.duplicate + counts.refused + counts.failed - unsent;
    const [done, all] = queue ? [queue.bytes.done, queue.bytes.total] : [sent, asked];
    this.#bar("sent", all ? done / all : 1, `${number(sent)} of ${number(asked)}`);
    this.#bar("read", asked ? judged / asked : 1, `${number(judged)} of ${number(asked)}`);
    part("login").hidden = queue?.state !== "stopped";
    const going = Boolean(queue?.unfinished);
    part("pause").hidden = !going;
    part("pause").textContent = ["paused", "stopped"].includes(queue?.state) ? "Resume" : "Pause";
    part("retry").hidden = !counts.failed || cancelled;
    part("retry").textContent = `Try ${count(counts.failed, "failed file")} again`;
    part("cancel").hidden = cancelled || !(going || counts.sending);
    this.list.render();
    this.#say(false);
    if (queue?.state === "waiting" || queue?.state === "sending") this.#soon();
  }

  #bar(name, share, words) {
    this.piece(`${name}-bar`).value = Math.min(1, share);
    this.piece(`${name}-count`).textContent = words;
  }

  /** Screen readers hear of progress four times a minute at most, and of every end. */
  #say(now) {
    if (!now && (Date.now() - this.lastSaid < SAY_MS || this.finished || this.cancelled)) return;
    this.lastSaid = Date.now();
    announce(this.finished ? outcome(this.rows.counts()) : spoken(this.rows.counts()));
  }

  #tell(words, isProblem = false) {
    const place = this.piece("word");
    place.hidden = !words;
    place.textContent = words;
    place.classList.toggle("warning", isProblem);
    if (words && isProblem) announce(words);
  }
}

customElements.define("deposit-box", DepositBox);
