// What a place that is asked for is called: at once by its figures, by the nearest town's name once the server said it.
import { getJson } from "./http.js";
import { PLACE_FILTERS, exactDistance, shapeOf, USUAL_REACH_M } from "./map-draw-text.js";

const known = new Map();

function plainWords(name, value) {
  if (name === "within") return "in the drawn area";
  const { centre, metres: reach } = shapeOf(name, value);
  const spot = centre.map((degrees) => Number(degrees.toFixed(4))).join(", ");
  if (name === "near") return `within ${exactDistance(reach)} of ${spot}`;
  return `looking at ${spot}${reach === USUAL_REACH_M ? "" : `, from within ${exactDistance(reach)}`}`;
}

export function placeWords(name, value) {
  return known.get(`${name}=${value}`) ?? plainWords(name, value);
}

/** What the page said when it came. */
export function rememberPlaceWords(name, value, words) {
  known.set(`${name}=${value}`, words);
}

/** Ask what the places of a Selection are called. Resolves to true when a new name is known. */
export async function learnPlaceWords(url, selection) {
  const asked = new URLSearchParams();
  for (const name of PLACE_FILTERS) {
    const value = selection.get(name);
    if (value && !known.has(`${name}=${value}`)) asked.set(name, value);
  }
  if (![...asked.keys()].length) return false;
  const said = await getJson(`${url}?${asked}`).catch(() => ({})); // its figures name it, too
  for (const [name, words] of Object.entries(said)) rememberPlaceWords(name, asked.get(name), words);
  return Object.keys(said).length > 0;
}
