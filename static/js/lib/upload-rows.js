/** One row per file: what this browser has sent of it, joined with what the archive has made of it. */

export const GROUPS = ["all", "sending", "reading", "stored", "duplicate", "refused", "failed", "cancelled"];

const GROUP_OF = {
  queued: "sending",
  sending: "sending",
  uploading: "sending",
  sent: "reading",
  known: "reading",
  waiting: "reading",
  working: "reading",
  stored: "stored",
  updated: "stored",
  unpacked: "stored",
  duplicate: "duplicate",
  refused: "refused",
  failed: "failed",
  cancelled: "cancelled",
};

const WORDS = {
  queued: "waiting to be sent",
  sending: "sending",
  uploading: "not finished: choose it again to go on",
  sent: "arrived, waiting to be read",
  known: "already sent",
  waiting: "arrived, waiting to be read",
  working: "being read",
  stored: "stored",
  updated: "added to a photo",
  unpacked: "unpacked",
  duplicate: "already here",
  refused: "refused",
  failed: "failed",
  cancelled: "cancelled",
};

const TAKEN = new Set(["waiting", "working", "stored", "duplicate", "updated", "unpacked", "refused", "failed"]);

const keyOf = (path, size) => `${size} ${path}`;

export class UploadRows {
  constructor() {
    this.all = [];
    this.byKey = new Map();
    this.byId = new Map();
  }

  /** Join with the queue's item. */
  sent(item) {
    this.#row(item.path, item.size).item = item;
  }

  /** Join with what the server tells of a file. */
  told(file) {
    let row = this.byId.get(file.id);
    if (!row) {
      row = this.#row(file.name, file.bytes);
      this.byId.set(file.id, row);
    }
    row.file = file;
  }

  /** True when the server has all bytes of such a file; a refused one was judged and is not sent again. */
  has(path, size) {
    const row = this.byKey.get(keyOf(path, size));
    return Boolean(row?.file && TAKEN.has(row.file.state));
  }

  counts() {
    const counts = Object.fromEntries(GROUPS.map((group) => [group, 0]));
    for (const row of this.all) counts[groupOf(row)] += 1;
    counts.all = this.all.length;
    return counts;
  }

  of(group) {
    return group === "all" ? this.all : this.all.filter((row) => groupOf(row) === group);
  }

  clear() {
    this.all.length = 0;
    this.byKey.clear();
    this.byId.clear();
  }

  #row(path, size) {
    const key = keyOf(path, size);
    let row = this.byKey.get(key);
    if (!row) {
      row = { path, size, item: null, file: null };
      this.byKey.set(key, row);
      this.all.push(row);
    }
    return row;
  }
}

export function stateOf(row) {
  const { item, file } = row;
  // While this browser sends, it knows best; once the bytes are there, the archive does.
  if (item && (!file || file.state === "uploading" || ["queued", "sending", "refused", "failed"].includes(item.state))) {
    return item.state;
  }
  return file.state;
}

export const groupOf = (row) => GROUP_OF[stateOf(row)] ?? "reading";

export const wordsOf = (row) => WORDS[stateOf(row)] ?? stateOf(row);

export function reasonOf(row) {
  const state = stateOf(row);
  const reason = row.item && row.item.state === state ? row.item.reason : (row.file?.reason ?? "");
  return reason && reason[0].toUpperCase() + reason.slice(1);
}
