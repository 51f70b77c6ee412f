/** The pages of an upload's list: a bounded number of rows in the document, whatever the number of files. */

import { bytes, number } from "../lib/format.js";
import { groupOf, reasonOf, stateOf, wordsOf } from "../lib/upload-rows.js";

export const ROWS_PER_PAGE = 50;

const PARTS = ["list", "row", "filters", "pager", "range", "before", "after"];

export class DepositList {
  /** `part(name)` finds the list, the template of a row, the filter buttons, the pager and its words. */
  constructor(rows, part) {
    this.rows = rows;
    this.parts = Object.fromEntries(PARTS.map((name) => [name, part(name)]));
    const { parts } = this;
    this.group = "all";
    this.page = 0;
    this.follows = true;
    parts.filters.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-group]");
      if (button) this.show(button.dataset.group);
    });
    parts.before.addEventListener("click", () => this.#turn(-1));
    parts.after.addEventListener("click", () => this.#turn(1));
  }

  show(group) {
    this.group = group;
    this.page = 0;
    this.follows = group === "all";
    this.render();
  }

  render() {
    const counts = this.rows.counts();
    if (counts[this.group] === 0 && this.group !== "all") this.group = "all";
    for (const button of this.parts.filters.querySelectorAll("button[data-group]")) {
      const { group } = button.dataset;
      button.hidden = group !== "all" && counts[group] === 0;
      button.setAttribute("aria-pressed", String(group === this.group));
      button.querySelector("[data-count]").textContent = number(counts[group]);
    }
    const shown = this.rows.of(this.group);
    const pages = Math.max(1, Math.ceil(shown.length / ROWS_PER_PAGE));
    if (this.follows) this.page = this.#busyPage(shown) ?? this.page;
    this.page = Math.min(this.page, pages - 1);
    const first = this.page * ROWS_PER_PAGE;
    const slice = shown.slice(first, first + ROWS_PER_PAGE);
    const { list, pager } = this.parts;
    while (list.children.length > slice.length) list.lastElementChild.remove();
    while (list.children.length < slice.length) list.append(this.parts.row.content.cloneNode(true));
    slice.forEach((row, place) => fill(list.children[place], row));
    pager.hidden = pages === 1;
    this.parts.range.textContent =
      `${number(first + 1)}–${number(first + slice.length)} of ${number(shown.length)}`;
    this.parts.before.disabled = this.page === 0;
    this.parts.after.disabled = this.page === pages - 1;
  }

  #busyPage(shown) {
    const place = shown.findIndex((row) => stateOf(row) === "sending");
    return place < 0 ? null : Math.floor(place / ROWS_PER_PAGE);
  }

  #turn(by) {
    this.follows = false;
    this.page += by;
    this.render();
    this.parts.list.scrollIntoView({ block: "nearest" });
  }
}

function fill(element, row) {
  const state = stateOf(row);
  const part = (name) => element.querySelector(`[data-part=${name}]`);
  const cut = row.path.lastIndexOf("/") + 1;
  set(part("folder"), row.path.slice(0, cut));
  set(part("name"), row.path.slice(cut));
  set(part("size"), bytes(row.size));
  set(part("state"), wordsOf(row));
  set(part("reason"), reasonOf(row));
  element.dataset.group = groupOf(row);
  const bar = part("bar");
  bar.hidden = state !== "sending";
  bar.max = Math.max(1, row.size);
  bar.value = row.item?.sent ?? 0;
  bar.setAttribute("aria-label", `${row.path.slice(cut)} sent`);
  const photo = row.file?.photo;
  const link = part("photo");
  link.hidden = !photo;
  if (photo && link.getAttribute("href") !== photo.url) {
    link.href = photo.url;
    link.querySelector("span").textContent = ` ${row.path.slice(cut)}`;
  }
  const picture = part("thumb");
  if (photo?.thumb) {
    if (picture.getAttribute("src") !== photo.thumb) picture.src = photo.thumb;
  } else picture.removeAttribute("src");
}

/** Untouched text is left alone, so that a screen reader's place and a selection survive. */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
