// The timeline as a table: the same bins as rows, each with a button that does what a click on the bar does.
import { h } from "./dom.js";
import { number } from "./format.js";
import { unitWords } from "./civil.js";

/** Rows for the bins that hold anything, and for what lies beside them. `choose(slot)` takes one as the dates, `open(slot)` zooms to it. */
export function timeTable(slots, rest, { choose, open }) {
  if (!slots) return h("p", { class: "quiet" }, "No photo of this view has a date.");
  const row = (index) => {
    const words = unitWords(slots.unit, slots.first + index);
    return h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "link-button", "aria-label": `Only ${words}`, onclick: () => choose(index) }, words)),
      h("td", { class: "number" }, number(slots.certain[index])), h("td", { class: "number" }, slots.possible[index] ? number(slots.possible[index]) : "–"),
      h("td", {}, slots.unit === "second" ? null : h("button", { type: "button", class: "link-button", "aria-label": `Open ${words}`, onclick: () => open(index) }, "open")));
  };
  const filled = slots.certain.flatMap((value, index) => (value || slots.possible[index] ? [index] : []));
  const beside = [["several of these, somewhere", rest.spanning], ["outside this span", rest.outside], ["without a date", rest.undated]].filter(([, n]) => n);
  return h("table", { class: "table" }, h("caption", {}, `Photos by ${slots.unit}`),
    h("thead", {}, h("tr", {}, ...["Date", "Date known", "Might be", "Closer"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...filled.map(row)),
    beside.length ? h("tfoot", {}, ...beside.map(([words, n]) => h("tr", {}, h("th", { scope: "row" }, words), h("td", { class: "number" }, number(n)), h("td"), h("td")))) : null);
}
