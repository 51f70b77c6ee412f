/** Files out of a drop or a file input, folders walked, without reading any contents. */

export const MOST_FILES = 20000;
export const DEEPEST = 24;

/** System leftovers that no photographer means to upload. */
const LEFTOVERS = new Set([".ds_store", "thumbs.db", "desktop.ini", ".localized"]);

/** True when a path is worth offering to the archive; what is no photograph is refused there, with a reason. */
export function isOffered(path) {
  const parts = path.split("/");
  const name = parts[parts.length - 1].toLowerCase();
  return !LEFTOVERS.has(name) && !name.startsWith("._") && !parts.includes("__MACOSX");
}

/** The chosen files of an <input>, each with the path below the chosen folder. */
export function filesOfInput(input) {
  const found = [];
  for (const file of input.files) {
    const path = file.webkitRelativePath || file.name;
    if (isOffered(path) && found.length < MOST_FILES) found.push({ path, file });
  }
  return { found, left: Math.max(0, input.files.length - MOST_FILES) };
}

/**
 * Walk what was dropped. Entries must be taken from the event at once: the list is emptied when the handler
 * returns. `progress(count)` is called now and then, because a large tree takes a while.
 */
export async function filesOfDrop(transfer, progress = () => {}) {
  const entries = [];
  const loose = [];
  for (const item of transfer.items ?? []) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry?.();
    if (entry) entries.push(entry);
    else if (item.getAsFile()) loose.push(item.getAsFile());
  }
  const found = loose.filter((file) => isOffered(file.name)).map((file) => ({ path: file.name, file }));
  const unread = [];
  let left = 0;
  const open = entries.reverse().map((entry) => ({ entry, depth: 0 }));
  while (open.length) {
    const { entry, depth } = open.pop();
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isDirectory) {
      if (depth >= DEEPEST) {
        unread.push({ path, reason: `folders inside folders deeper than ${DEEPEST} are not followed` });
        continue;
      }
      try {
        for (const child of await children(entry)) open.push({ entry: child, depth: depth + 1 });
      } catch {
        unread.push({ path, reason: "this folder could not be read" });
      }
    } else if (isOffered(path)) {
      if (found.length >= MOST_FILES) {
        left += 1;
        continue;
      }
      try {
        found.push({ path, file: await new Promise((done, failed) => entry.file(done, failed)) });
        if (found.length % 200 === 0) progress(found.length);
      } catch {
        unread.push({ path, reason: "this file could not be opened" });
      }
    }
  }
  return { found, unread, left };
}

/** `readEntries` answers in portions of about a hundred until it answers with none. */
async function children(directory) {
  const reader = directory.createReader();
  const all = [];
  for (;;) {
    const portion = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!portion.length) return all.sort((one, other) => (one.name < other.name ? 1 : -1));
    all.push(...portion);
  }
}
