// One photo in a list, as templates/explore/card.html renders it; keep the two alike.
import { h, icon } from "./dom.js";

const ICONS = new Set(["confirmed", "corroborated", "disputed", "in_review", "unreviewed", "undeterminable", "unknown"]);

/** The worse known of place and date decides the shape: a photo is not confirmed because its place is. */
export function statusIcon(card) {
  const status = card.place?.status ?? card.time?.status ?? "unknown";
  return ICONS.has(status) ? status : "unknown";
}

/** Address of the photo's page, carrying the Selection so that it knows its neighbours. */
export function photoAddress(card, query) {
  return query ? `${card.url}?${query}` : card.url;
}

function notReady() {
  return h("span", { class: "photo-card-none" }, "picture not ready");
}

function picture(card) {
  if (!card.thumb) return notReady();
  return h("img", { src: card.thumb.src, width: card.thumb.width, height: card.thumb.height, alt: "", loading: "lazy", decoding: "async",
    onerror: ({ target }) => target.replaceWith(notReady()) });
}

export function cardTitle(card) {
  return card.title || card.alt || "Untitled photo";
}

/** <article class="photo-card">; the title's link covers the whole card. */
export function cardElement(card, query) {
  const link = h("a", { class: "photo-card-title", href: photoAddress(card, query), tabindex: -1 }, cardTitle(card));
  return h("article", { class: "photo-card", "data-id": card.id },
    h("div", { class: "photo-card-picture" }, picture(card)),
    h("div", { class: "photo-card-text" }, h("h3", { class: "photo-card-heading" }, link),
      h("p", { class: "status" }, icon(statusIcon(card)), card.status)));
}

/** The same photo as a row of the table. */
export function cardRow(card, query) {
  const link = h("a", { href: photoAddress(card, query), tabindex: -1 }, cardTitle(card));
  const status = (fact, none) => (fact ? [icon(fact.status), " ", fact.text] : h("span", { class: "quiet" }, none));
  return h("tr", { "data-id": card.id },
    h("td", { class: "row-picture" }, picture(card)),
    h("th", { scope: "row" }, link),
    h("td", {}, status(card.time, "no date")),
    h("td", {}, status(card.place, "no location")),
    h("td", {}, card.status),
    h("td", {}, card.collection.title));
}

export function skeletonCard() {
  return h("div", { class: "photo-card skeleton", "aria-hidden": "true" },
    h("div", { class: "photo-card-picture" }), h("div", { class: "photo-card-text" }));
}
