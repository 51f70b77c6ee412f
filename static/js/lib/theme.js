// Which theme the reader chose: "light", "dark", or "" for the system's.

const ORDER = ["", "light", "dark"];
const WORDS = { "": "as the system", light: "light", dark: "dark" };

export function currentTheme() {
  return document.documentElement.dataset.theme ?? "";
}

export function nextTheme() {
  return ORDER[(ORDER.indexOf(currentTheme()) + 1) % ORDER.length];
}

export function themeInWords(theme = currentTheme()) {
  return WORDS[theme];
}

/** Apply a theme now and on later pages; `whence:theme` tells what is drawn by script to draw again. */
export function rememberTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Storage is switched off: the choice holds for this page only.
  }
  document.dispatchEvent(new CustomEvent("whence:theme"));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  document.dispatchEvent(new CustomEvent("whence:theme"));
});
