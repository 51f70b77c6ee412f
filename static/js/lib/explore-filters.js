// The filter bar: what is set, what could be set, and how many photos each would give.
import { h, icon } from "./dom.js";
import { number } from "./format.js";
import { PLACE_FILTERS } from "./map-draw-text.js";
import { placeWords } from "./map-draw-words.js";
import { filterCount, queryText } from "./selection.js";

const KINDS = { collection: "Collection", status: "Status", licence: "Rights", device: "Camera" };

function removable(words, changes, label) {
  return h("a", { class: "chip active", href: "#", "data-change": JSON.stringify(changes), "aria-label": `Remove ${label ?? words}` }, words, icon("close"));
}

function labelOf(view, name, value) {
  const option = [...view.querySelectorAll(`[data-facet="${name}"] input`)].find((input) => input.value === value);
  return option?.dataset.label ?? value.replaceAll("-", " ");
}

/** Chips of what is set, dates in their fields, links of download and view. */
export function showFilters(view, { selection }) {
  const chips = [];
  for (const [name, kind] of Object.entries(KINDS)) {
    for (const value of selection.getAll(name)) chips.push(removable(`${kind}: ${labelOf(view, name, value)}`, { drop: name, value }));
  }
  if (selection.has("bbox")) chips.push(removable("Area: this map", { bbox: "" }));
  for (const name of PLACE_FILTERS) if (selection.has(name)) chips.push(removable(placeWords(name, selection.get(name)), { [name]: "" }));
  if (selection.has("undated")) chips.push(removable("No date", { undated: "" }));
  if (selection.has("unplaced")) chips.push(removable("No location", { unplaced: "" }));
  if (selection.has("q")) chips.push(removable(`“${selection.get("q")}”`, { q: "" }, "the words"));
  view.querySelector(".active-filters").replaceChildren(...chips);
  for (const name of ["from", "to"]) {
    const value = selection.get(name) ?? "";
    const menu = view.querySelector(`[data-date="${name}"]`);
    menu.classList.toggle("set", Boolean(value));
    menu.querySelector(".date-words").textContent = value ? `${name} ${value}` : name === "from" ? "from …" : "to …";
    const field = menu.querySelector("input");
    if (document.activeElement !== field) field.value = value;
  }
  for (const count of view.querySelectorAll(".filter-count")) {
    const set = filterCount(selection);
    count.textContent = set ? ` · ${set}` : "";
  }
  view.querySelector("[name=sure]").checked = selection.get("sure") === "possibly";
  const sort = view.querySelector("[name=sort]");
  sort.value = selection.get("sort") ?? "date";
  const query = queryText(selection);
  for (const link of view.querySelectorAll("[data-download]")) link.href = query ? `${link.dataset.download}?${query}` : link.dataset.download;
}

/** The years as steps, the latest first; the one that is set gives all dates back. */
function showYears(view, years, selection) {
  const place = view.querySelector("[data-years]");
  if (!place) return;
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.year : null;
  place.replaceChildren(...[...years].sort((a, b) => (a.value < b.value ? 1 : -1)).map(({ value, label, n }) => {
    const chosen = selection.get("from") === value && selection.get("to") === value;
    const changes = chosen ? { from: "", to: "" } : { from: value, to: value };
    return h("a", { class: "menu-item", href: "#", "data-year": value, "data-change": JSON.stringify(changes), "aria-current": chosen ? "true" : null }, h("span", {}, label), h("span", { class: "count" }, number(n)));
  }));
  if (!years.length) place.append(h("p", { class: "quiet" }, "No photo of this view lies within one year."));
  if (held) place.querySelector(`[data-year="${held}"]`)?.focus();
}

/** Fill the menus with the values that still give photos, and those that are ticked. */
export function showFacets(view, { facets, rest = {} }, selection) {
  showYears(view, facets.year ?? [], selection);
  for (const name of Object.keys(KINDS)) {
    const place = view.querySelector(`[data-facet="${name}"]`);
    if (!place) continue;
    const chosen = selection.getAll(name);
    const options = [...(facets[name] ?? [])];
    for (const value of chosen) if (!options.some((option) => option.value === value)) options.push({ value, label: labelOf(view, name, value), n: 0 });
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    place.replaceChildren(...options.map((option) => facetOption(name, option, chosen.includes(option.value))));
    if (rest[name]) place.append(h("p", { class: "quiet facet-rest" }, `${number(rest[name])} more have other values`));
    if (!options.length) place.append(h("p", { class: "quiet" }, "Nothing to choose from in this view."));
    if (focused !== null) [...place.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
  }
}

function facetOption(name, { value, label, n }, checked) {
  const input = h("input", { type: "checkbox", name, value, "data-label": label });
  input.checked = checked;
  return h("label", { class: "check menu-item" }, input, h("span", {}, label), h("span", { class: "count" }, number(n)));
}
