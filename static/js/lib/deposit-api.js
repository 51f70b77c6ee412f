// Our JSON about deposits: open one, follow what the archive makes of its files, cancel, try again.

import { AskError, getJson, send } from "./http.js";

export class DepositApi {
  constructor(root) {
    this.root = root;
    this.tag = null;
    this.tagged = "";
  }

  open(collection) {
    return send(this.root, { collection });
  }

  async latest(collection) {
    return (await getJson(`${this.root}?collection=${encodeURIComponent(collection)}`)).deposits;
  }

  cancel(deposit) {
    return send(`${this.root}${deposit}/cancel`, {});
  }

  retry(deposit) {
    return send(`${this.root}${deposit}/retry`, {});
  }

  /** Progress with the files that changed after the cursor `since`; null when nothing did. */
  async changes(deposit, since) {
    const url = `${this.root}${deposit}?limit=500&since=${encodeURIComponent(since)}`;
    const headers = { Accept: "application/json" };
    if (this.tag && this.tagged === url) headers["If-None-Match"] = this.tag;
    let answer;
    try {
      answer = await fetch(url, { headers, credentials: "same-origin", cache: "no-store" });
    } catch {
      throw new AskError("No connection to the server.", 0);
    }
    if (answer.status === 304) return null;
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new AskError(said.error ?? `The server answered ${answer.status}.`, answer.status);
    this.tag = answer.headers.get("ETag");
    this.tagged = url;
    return said;
  }
}
