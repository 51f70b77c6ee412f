/**
 * What this browser remembers of an unfinished upload, so that the same folder chosen again goes on.
 *
 * The number of files chosen is kept per collection in localStorage; when each file was last changed
 * is kept per deposit in IndexedDB, so that a picture edited in between is sent anew and not stitched together.
 * Everything works without: a browser that forbids storage only forgets.
 */

const DATABASE = "whence-uploads";
const STORE = "files";
const KEPT_MS = 30 * 24 * 3600 * 1000;

export class UploadMemory {
  constructor(collection) {
    this.key = `whence-upload:${collection}`;
    this.database = null;
  }

  recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      return kept && Date.now() - kept.at < KEPT_MS ? kept : null;
    } catch {
      return null;
    }
  }

  remember(deposit, files) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ deposit, files, at: Date.now() }));
    } catch {
      // Storage is full or forbidden.
    }
  }

  async forget(deposit) {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Storage is forbidden.
    }
    await this.#store("readwrite", (store) => store.delete(IDBKeyRange.bound([deposit, ""], [deposit, "\uffff"])));
  }

  /** Note when the chosen files were last changed, in one transaction; files noted before keep their note. */
  async note(deposit, items) {
    await this.#store("readwrite", (store) => {
      for (const { path, file } of items) {
        const put = store.add(file.lastModified, [deposit, path]);
        put.onerror = (event) => {
          event.preventDefault();
          event.stopPropagation();
        };
      }
    });
  }

  /** True when the file is another one than the one noted under its path; takes the new note. */
  async changed(deposit, { path, file }) {
    let noted;
    await this.#store("readwrite", (store) => {
      const key = [deposit, path];
      const get = store.get(key);
      get.onsuccess = () => {
        noted = get.result;
        if (noted !== undefined && noted !== file.lastModified) store.put(file.lastModified, key);
      };
    });
    return noted !== undefined && noted !== file.lastModified;
  }

  async #store(mode, act) {
    try {
      this.database ??= await openDatabase();
      await new Promise((resolve, reject) => {
        const work = this.database.transaction(STORE, mode);
        work.oncomplete = resolve;
        work.onerror = work.onabort = () => reject(work.error);
        act(work.objectStore(STORE));
      });
    } catch {
      // Private windows may forbid it; then a picture edited half-way through its upload goes unnoticed.
    }
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
