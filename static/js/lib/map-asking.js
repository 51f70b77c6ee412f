// What a chosen pin needs to know of the server: how far its photos lie apart, and which they are.
import { areaFrom } from "./areas.js";
import { typedSpan } from "./civil.js";
import { getJson } from "./http.js";
import { queryText } from "./selection.js";

const MARGIN = 1e-6; // degrees, a hand's breadth: a box of no size holds nothing
const MOST_ASKED = 20; // pages looked through for one that holds a photo of the pin
const PAGE = 60;

const wrapped = (longitude) => (longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude);

/** The box of a pin, not beyond the box that the Selection has already, as the address writes it. */
function boxOf(cell, query) {
  const asked = areaFrom(query.get("bbox"));
  const whole = asked && asked[2] <= 180 ? asked : [-180, -90, 180, 90];
  const sides = [Math.max(whole[0], cell.west - MARGIN), Math.max(whole[1], cell.south - MARGIN), Math.min(whole[2], cell.east + MARGIN), Math.min(whole[3], cell.north + MARGIN)];
  return sides.map((side, index) => (index % 2 ? side : wrapped(side)).toFixed(7)).join(",");
}

/** The smallest box round the photos of a pin: [west, south, east, north], east ≥ west; null when none is told. */
export async function extentOf(cell, { atlas, query, zoom }) {
  const asked = new URLSearchParams(query);
  asked.set("bbox", boxOf(cell, asked));
  asked.set("zoom", zoom);
  if (cell.possible || cell.n === 0) asked.set("sure", "possibly");
  const { extent } = await getJson(`${atlas}?${queryText(asked)}`);
  return extent && areaFrom(extent.join(","));
}

/** Asks for the photos that stand at a pin, page by page: `ask(cursor)` gives {photos, next}.

    A box this small holds no doubt, so it is asked for what might be in it; what stands elsewhere, or matches the
    dates only perhaps, is left out here unless the Selection wants it. */
export function photosAt(cell, { photos: source, query }) {
  const selection = new URLSearchParams(query);
  const asked = new URLSearchParams(query);
  asked.set("bbox", boxOf(cell, selection));
  asked.set("sure", "possibly");
  asked.set("limit", PAGE);
  const sharp = selection.get("sure") !== "possibly";
  const [from, to] = [typedSpan(selection.get("from"))?.[0], typedSpan(selection.get("to"))?.[1]];
  const alone = cell.n + cell.parts + cell.also + cell.alsoParts === 1;
  const stands = (card) => {
    if (alone || card.id === cell.photo) return card.id === cell.photo;
    if (!card.place) return false;
    if (cell.parts + cell.alsoParts > 0 && card.place.status === "disputed") return true; // one of its places is here
    const { latitude, longitude } = card.place;
    if (latitude < cell.south - MARGIN || latitude > cell.north + MARGIN || longitude < cell.west - MARGIN || longitude > cell.east + MARGIN) return false;
    return !sharp || ((!from || card.time?.earliest >= from) && (!to || card.time?.latest <= to));
  };
  return async (cursor) => {
    let next = cursor;
    for (let page = 0; page < MOST_ASKED; page += 1) {
      if (next) asked.set("after", next);
      const answer = await getJson(`${source}?${queryText(asked)}`);
      const photos = answer.photos.filter(stands);
      next = alone && photos.length ? null : answer.next;
      if (photos.length || !next) return { photos, next };
    }
    return { photos: [], next };
  };
}
