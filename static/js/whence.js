// The one entry of every page: what the frame needs, and each instrument when its element is there.
import { announce } from "./lib/announce.js";
import { rememberTheme, themeInWords, nextTheme } from "./lib/theme.js";

/** Custom elements by tag name; add a line to add an instrument. */
const ELEMENTS = {
  "explore-view": () => import("./elements/explore-view.js"),
  "keep-view": () => import("./elements/keep-view.js"),
  "photo-map": () => import("./elements/photo-map.js"),
  "map-layers": () => import("./elements/map-layers.js"),
  "time-line": () => import("./elements/time-line.js"),
  "photo-grid": () => import("./elements/photo-grid.js"),
  "map-tools": () => import("./elements/map-tools.js"),
  "place-search": () => import("./elements/place-search.js"),
  "claim-form": () => import("./elements/claim-form.js"),
  "place-drawing": () => import("./elements/place-drawing.js"),
  "region-drawing": () => import("./elements/region-drawing.js"),
  "shadow-tool": () => import("./elements/shadow-tool.js"),
  "detail-match": () => import("./elements/detail-match.js"),
  "evidence-form": () => import("./elements/evidence-form.js"),
  "chip-input": () => import("./elements/chip-input.js"),
  "date-field": () => import("./elements/date-field.js"),
  "deposit-box": () => import("./elements/deposit-box.js"),
  "edit-form": () => import("./elements/edit-form.js"),
  "further-file": () => import("./elements/further-file.js"),
  "notes-field": () => import("./elements/notes-field.js"),
  "place-picker": () => import("./elements/place-picker.js"),
  "deep-zoom": () => import("./elements/deep-zoom.js"),
  "collection-overview": () => import("./elements/collection-overview.js"),
  "place-map": () => import("./elements/place-map.js"),
  "photo-way": () => import("./elements/photo-way.js"),
  "copy-text": () => import("./elements/copy-text.js"),
  "find-rows": () => import("./elements/find-rows.js"),
  "verdict-keys": () => import("./elements/verdict-keys.js"),
  "slug-suggest": () => import("./elements/slug-suggest.js"),
};

const asked = new Set();

function loadElements(root) {
  for (const [name, load] of Object.entries(ELEMENTS)) {
    if (asked.has(name) || !root.querySelector(name)) continue;
    asked.add(name);
    load();
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const toggle = event.target.closest(".nav-toggle");
  if (toggle) {
    const open = document.getElementById("site-nav").classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  }
  event.target.closest("[data-dismiss]")?.closest(".message, .notice")?.remove();
  if (event.target.closest("[data-theme-switch]")) {
    const theme = nextTheme();
    rememberTheme(theme);
    nameTheme();
    announce(`Theme: ${themeInWords(theme)}`);
  }
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
  if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog")?.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.activeElement?.closest("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    }
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.getElementById("site-search");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});

function nameTheme() {
  for (const place of document.querySelectorAll("[data-theme-name]")) place.textContent = themeInWords();
}

nameTheme();
loadElements(document);
document.addEventListener("htmx:load", (event) => loadElements(event.target));
