// The filter bar: what is set, what could be set, and how many photos each would give.
import { h, icon } from "./dom.js";
import { number } from "./format.js";
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
  if (selection.has("near")) chips.push(removable("Near a place", { near: "" }));
  if (selection.has("within")) chips.push(removable("Drawn area", { within: "" }));
  if (selection.has("sees")) chips.push(removable("Looking at a point", { sees: "" }));
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

/** Fill the menus with the values that still give photos, and those that are ticked. */
export function showFacets(view, facets, selection) {
  for (const name of Object.keys(KINDS)) {
    const place = view.querySelector(`[data-facet="${name}"]`);
    if (!place) continue;
    const chosen = selection.getAll(name);
    const options = [...(facets[name] ?? [])];
    for (const value of chosen) if (!options.some((option) => option.value === value)) options.push({ value, label: labelOf(view, name, value), n: 0 });
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    place.replaceChildren(...options.map((option) => facetOption(name, option, chosen.includes(option.value))));
    if (!options.length) place.append(h("p", { class: "quiet" }, "Nothing to choose from in this view."));
    if (focused !== null) [...place.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
  }
}

function facetOption(name, { value, label, n }, checked) {
  const input = h("input", { type: "checkbox", name, value, "data-label": label });
  input.checked = checked;
  return h("label", { class: "check menu-item" }, input, h("span", {}, label), h("span", { class: "count" }, number(n)));
}
