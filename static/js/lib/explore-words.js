// The sentences above the results, as archive/pages/explore.py writes them for the first view.
import { count, number } from "./format.js";
import { h } from "./dom.js";
import { exactDistance, shapeOf } from "./map-draw-text.js";
import { asksPlace } from "./selection.js";

export function countWords(total) {
  return count(total, "photo");
}

/** A link that changes the Selection; without script it is only words. */
function link(words, changes) {
  return h("a", { href: "#", "data-change": JSON.stringify(changes) }, words);
}

/** What is said beside the number: parts of the total, or photos the filters leave out. */
export function headlineParts(answer, selection) {
  const timed = selection.has("from") || selection.has("to");
  const placed = asksPlace(selection);
  const lines = [];
  const inside = [];
  if (answer.undated && !selection.has("undated")) {
    const words = `${number(answer.undated)} without a date`;
    if (!timed) inside.push({ words, changes: { undated: "1" } });
    else lines.push({ before: `${number(answer.undated)} more match but have no date · `, words: "show them", changes: { undated: "1" } });
  }
  if (answer.unplaced && !selection.has("unplaced")) {
    const words = `${number(answer.unplaced)} without a location`;
    if (!placed) inside.push({ words, changes: { unplaced: "1" } });
    else lines.push({ before: `${number(answer.unplaced)} more match but have no location · `, words: "show them", changes: { unplaced: "1" } });
  }
  return { inside, lines };
}

/** Of photos that look at a point: what the number rests on, and what it does not. */
export function sightNotes(answer, selection) {
  if (!answer.sees) return [];
  const { within_reach: reach, directed } = answer.sees;
  const look = answer.total === 1 ? "looks" : "look";
  const might = selection.get("sure") === "possibly" ? " or might look" : "";
  const known = `${number(directed)} of ${count(reach, "photo")} taken within ${exactDistance(shapeOf("sees", selection.get("sees")).metres)}`;
  return [`${count(answer.total, "photo")} ${look}${might} at this point; ${known} say which way they looked.`, "Nobody has checked whether something stands in the way."];
}

export function showHeadline(view, answer, selection) {
  const head = view.querySelector(".explore-head");
  const { inside, lines } = headlineParts(answer, selection);
  head.querySelector(".headline-count").textContent = countWords(answer.total);
  head.querySelector(".headline-parts").replaceChildren(...(inside.length
    ? ["of them ", ...inside.flatMap(({ words, changes }, index) => (index ? [" and ", link(words, changes)] : [link(words, changes)]))] : []));
  head.querySelector(".headline-lines").replaceChildren(...lines.map(({ before, words, changes }) => h("p", {}, before, link(words, changes))),
    ...sightNotes(answer, selection).map((note) => h("p", { class: "headline-note" }, note)));
  for (const total of view.querySelectorAll(".total-count")) total.textContent = countWords(answer.total);
  for (const might of view.querySelectorAll(".might-count")) might.textContent = number(answer.might);
}

/** While the brush moves: what bars and cube say, without asking. */
export function brushingWords(view, { certain, possible, atLeast, words }) {
  const head = view.querySelector(".explore-head");
  head.querySelector(".headline-count").textContent = `${atLeast && certain ? "at least " : ""}${countWords(certain)}`;
  head.querySelector(".headline-parts").textContent = possible ? `about ${number(possible)} more might be` : "";
  view.querySelector("time-line").setAttribute("aria-description", words);
}

const NAMES = { q: "the words", bbox: "the area of the map", near: "the place", within: "the drawn area", sees: "the point looked at", collection: "the collection", status: "the status", licence: "the rights", device: "the camera", undated: "“no date”", unplaced: "“no location”" };

/** What would widen an empty view, each as the change it makes. */
export function emptyWays(selection, answer) {
  const ways = [];
  if (answer.might) ways.push({ words: `include ${count(answer.might, "photo")} that might match`, changes: { sure: "possibly" } });
  if (selection.has("from") || selection.has("to")) ways.push({ words: "remove the dates", changes: { from: "", to: "" } });
  for (const [name, words] of Object.entries(NAMES)) if (selection.has(name)) ways.push({ words: `remove ${words}`, changes: { [name]: "" } });
  if (ways.length > 1) ways.push({ words: "remove everything", changes: Object.fromEntries([...selection.keys()].map((name) => [name, ""])) });
  return ways;
}
