// Adds a back, negative, print or rescan to a photo: one resumable upload that names the photo it belongs to.

import { DepositApi } from "../lib/deposit-api.js";
import { bytes } from "../lib/format.js";
import { csrfToken } from "../lib/http.js";
import { CHUNK_BYTES } from "../lib/tus-queue.js";
import { Tus } from "../lib/tus.js";

const ASK_MS = 700;
const PENDING = new Set(["uploading", "waiting", "working"]);

class FurtherFile extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.piece = (name) => this.querySelector(`[data-part=${name}]`);
    this.piece("add").addEventListener("click", () => this.#add());
  }

  async #add() {
    const [file] = this.piece("file").files;
    if (!file) {
      this.#say("Choose a file first.");
      this.piece("file").focus();
      return;
    }
    this.piece("add").disabled = true;
    try {
      await this.#send(file);
    } catch (error) {
      this.#say(error.message);
    }
    this.piece("add").disabled = false;
  }

  async #send(file) {
    const api = new DepositApi(this.dataset.api);
    const tus = new Tus(csrfToken);
    const deposit = await api.open(this.dataset.collection);
    const metadata = { filename: file.name, role: this.piece("role").value, of: this.dataset.photo };
    let { url, offset } = await tus.create(deposit.files, file.size, metadata);
    while (offset < file.size) {
      this.#say(`Sending: ${bytes(offset)} of ${bytes(file.size)}`);
      offset = await tus.send(url, offset, file.slice(offset, offset + CHUNK_BYTES));
    }
    this.#say("Arrived. The archive is reading it.");
    this.#outcome(await this.#judged(api, deposit.id));
  }

  async #judged(api, deposit) {
    for (;;) {
      const told = await api.changes(deposit, "");
      const [judged] = told?.files ?? [];
      if (judged && !PENDING.has(judged.state)) return judged;
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  }

  #outcome(file) {
    if (file.state === "updated" || file.state === "stored") {
      this.#say("Added. It is shown once the page is opened again.");
      this.piece("file").value = "";
    } else this.#say(`Not added: ${file.reason || file.label}`);
  }

  #say(words) {
    this.piece("state").textContent = words;
  }
}

customElements.define("further-file", FurtherFile);
