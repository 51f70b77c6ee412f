/** The wire of one resumable upload: tus 1.0 with creation (with or without upload), termination and checksum. */

const VERSION = "1.0.0";
const SILENCE_MS = 60_000;
const BYTES = "application/offset+octet-stream";

/**
 * What went wrong, and what that means for the next step:
 * "connection" nothing answered; "busy" the server asks for patience; "offset" ask where to go on;
 * "login" the session has ended; "final" no use in trying again.
 */
export class TusError extends Error {
  constructor(message, kind, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

const KINDS = new Map([
  [401, "login"],
  [408, "connection"],
  [409, "offset"],
  [410, "offset"],
  [423, "busy"],
  [429, "busy"],
  [460, "offset"],
  [502, "connection"],
  [503, "connection"],
  [504, "connection"],
  [507, "busy"],
]);

function kindOf(status) {
  return KINDS.get(status) ?? (status >= 500 ? "busy" : "final");
}

function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function encodeMetadata(pairs) {
  const encoder = new TextEncoder();
  return Object.entries(pairs)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key} ${toBase64(encoder.encode(value))}`)
    .join(",");
}

/** Null where the browser offers no digest: only pages over https or on this machine do. */
export async function checksumOf(chunk) {
  if (!globalThis.crypto?.subtle) return null;
  return `sha256 ${toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", await chunk.arrayBuffer())))}`;
}

/** One request; resolves with the answered headers, rejects with a TusError or an AbortError. */
function request(method, url, { token, headers = {}, body = null, signal, progress }) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    let silence = 0;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => call.abort(), SILENCE_MS);
    };
    const stop = () => call.abort();
    const settle = (act, value) => {
      clearTimeout(silence);
      signal?.removeEventListener("abort", stop);
      act(value);
    };
    call.open(method, url);
    call.setRequestHeader("Tus-Resumable", VERSION);
    call.setRequestHeader("X-CSRFToken", token());
    for (const [name, value] of Object.entries(headers)) if (value !== null) call.setRequestHeader(name, value);
    call.upload.onprogress = (event) => {
      alive();
      progress?.(event.loaded);
    };
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) settle(resolve, call);
      else settle(reject, new TusError(messageOf(call), kindOf(call.status), call.status));
    };
    call.onerror = () => settle(reject, new TusError("The connection was lost.", "connection"));
    call.onabort = () =>
      settle(
        reject,
        signal?.aborted
          ? new DOMException("stopped", "AbortError")
          : new TusError("The server did not answer.", "connection"),
      );
    if (signal?.aborted) {
      settle(reject, new DOMException("stopped", "AbortError"));
      return;
    }
    signal?.addEventListener("abort", stop);
    alive();
    call.send(body);
  });
}

function messageOf(call) {
  try {
    const said = JSON.parse(call.responseText).error;
    if (said) return said;
  } catch {
    // No JSON: a proxy answered, or the server fell over.
  }
  return `The server answered ${call.status}.`;
}

const offsetOf = (call) => Number(call.getResponseHeader("Upload-Offset"));

/** `token` is asked for at each request, because a login in another tab replaces it. */
export class Tus {
  constructor(token) {
    this.token = token;
  }

  /** Announce a file. A `body` that holds all of it saves the second request; a known file ignores it. */
  async create(endpoint, size, metadata, { signal, body = null, progress } = {}) {
    const headers = { "Upload-Length": String(size), "Upload-Metadata": encodeMetadata(metadata) };
    if (body) {
      headers["Content-Type"] = BYTES;
      headers["Upload-Checksum"] = await checksumOf(body);
    }
    const call = await request("POST", endpoint, { token: this.token, signal, headers, body, progress });
    return { url: new URL(call.getResponseHeader("Location"), call.responseURL).pathname, offset: offsetOf(call) };
  }

  async send(url, offset, chunk, signal, progress) {
    const checksum = await checksumOf(chunk);
    const call = await request("PATCH", url, {
      token: this.token,
      signal,
      progress,
      body: chunk,
      headers: {
        "Content-Type": BYTES,
        "Upload-Offset": String(offset),
        "Upload-Checksum": checksum,
      },
    });
    return offsetOf(call);
  }

  async end(url) {
    await request("DELETE", url, { token: this.token });
  }
}
