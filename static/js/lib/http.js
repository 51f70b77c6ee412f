// Asking our own server. Errors carry words a reader can act on.

export class AskError extends Error {
  /** `status` is 0 when no answer came at all. */
  constructor(message, status) {
    super(message);
    this.name = "AskError";
    this.status = status;
  }
}

const WORDS = {
  0: "No connection to the server. Check the network, then try again.",
  400: "The server did not understand this request.",
  403: "You may not see this. Log in with an account that may.",
  404: "This is not here (any more).",
  413: "This is too large for the server.",
  429: "Too many requests at once. Wait a moment, then try again.",
  503: "The server is busy. Wait a moment, then try again.",
};

/** The value of a cookie that scripts may read, or "". */
function cookie(name) {
  const pair = document.cookie.split("; ").find((text) => text.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** The token Django wants with every request that changes something; a login in another tab renews the cookie. */
export function csrfToken() {
  return cookie("csrftoken") || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
}

async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new AskError(WORDS[0], 0);
  }
  if (answer.ok) return answer;
  let said = "";
  if (answer.headers.get("Content-Type")?.includes("json")) {
    const body = await answer.json().catch(() => ({}));
    said = body.error || body.detail || "";
  }
  throw new AskError(said || WORDS[answer.status] || "Something went wrong on the server. Try again.", answer.status);
}

/** GET JSON. `signal` aborts; an abort rejects with AbortError, anything else with AskError. */
export async function getJson(url, { signal } = {}) {
  const answer = await ask(url, { signal, headers: { Accept: "application/json" } });
  return answer.json();
}

/** Send JSON (or FormData) by POST, PATCH, DELETE; returns parsed JSON, or null when the answer is empty. */
export async function send(url, body, { method = "POST", signal } = {}) {
  const form = body instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (!form && body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await ask(url, { method, signal, headers, body: form ? body : JSON.stringify(body) });
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
