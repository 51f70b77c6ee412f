// Places of the address and of the form's fields: how they are written, and the ground they cover.

const EARTH_M = 6_371_008.8; // mean radius (IUGG), as the server counts
const CIRCLE_CORNERS = 96;
const MARGIN = 0.12; // of its size, left free round a place the map turns to
export const USUAL_REACH_M = 2000;
export const PLACE_FILTERS = ["near", "within", "sees"];

const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;

/** A filter's text as a shape: {corners} of an area, {centre, metres} of a circle or a point with its reach. */
export function shapeOf(name, value) {
  if (name === "within") return { corners: value.split(";").map((corner) => corner.split(",").map(Number)) };
  const [lat, lng, metres] = value.split(",").map(Number);
  return { centre: [lat, lng], metres: metres || USUAL_REACH_M };
}

export function isReadable({ corners, centre, metres }) {
  return corners ? corners.length > 2 && corners.flat().every(Number.isFinite) : [...centre, metres].every(Number.isFinite);
}

/** Metres along the great circle. */
export function metresBetween([lat, lng], [otherLat, otherLng]) {
  const north = Math.sin(radians(otherLat - lat) / 2);
  const east = Math.sin(radians(otherLng - lng) / 2);
  const chord = north * north + Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * east * east;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Where one arrives from a point on a course, degrees from north. */
export function awayFrom([lat, lng], metres, course) {
  const arc = metres / EARTH_M;
  const [from, turn] = [radians(lat), radians(course)];
  const to = Math.asin(Math.sin(from) * Math.cos(arc) + Math.cos(from) * Math.sin(arc) * Math.cos(turn));
  const aside = Math.atan2(Math.sin(turn) * Math.sin(arc) * Math.cos(from), Math.cos(arc) - Math.sin(from) * Math.sin(to));
  return [degrees(to), lng + degrees(aside)];
}

/** The true circle on the globe; on this map it is no circle where it is large or far from the equator. */
export function circleCorners(centre, metres) {
  return Array.from({ length: CIRCLE_CORNERS }, (_, n) => awayFrom(centre, metres, (n * 360) / CIRCLE_CORNERS));
}

/** "west,south,east,north" with room around a shape, or "" for more than the map can show. */
export function boundsText(shape) {
  const corners = shape.corners ?? circleCorners(shape.centre, shape.metres);
  const [lats, lngs] = [corners.map(([lat]) => lat), corners.map(([, lng]) => lng)];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)];
  const [up, aside] = [(north - south) * MARGIN, (east - west) * MARGIN];
  if (east - west + 2 * aside > 350) return "";
  const sides = [turned(west - aside), Math.max(-85, south - up), turned(east + aside), Math.min(85, north + up)];
  return sides.map((side) => Number(side.toFixed(6))).join(",");
}

function turned(lng) {
  return lng >= -180 && lng <= 180 ? lng : ((((lng + 180) % 360) + 360) % 360) - 180;
}

/** A corner or point for a field: as many decimals as this zoom can tell apart. */
export function pointText([lat, lng], zoom) {
  const digits = Math.min(6, Math.max(2, Math.ceil((zoom + 8) * 0.30103) - 1));
  return `${lat.toFixed(digits)}, ${turned(lng).toFixed(digits)}`;
}

/** A distance for a field: three figures are as exact as a hand draws. */
export function distanceText(metres) {
  const round = Number(metres.toPrecision(3));
  return round >= 1000 ? `${round / 1000} km` : `${Math.max(1, Math.round(round))} m`;
}

/** A distance as it was asked for, no figure less. */
export function exactDistance(metres) {
  return metres >= 1000 && metres % 10 === 0 ? `${metres / 1000} km` : `${metres} m`;
}

/** What the fields of a tool hold for a filter's text; the server writes them so too. */
export function fieldTexts(name, value) {
  if (name === "within") return { within_at: value && isReadable(shapeOf(name, value)) ? shapeOf(name, value).corners.map(plain).join("\n") : "" };
  const shape = value && shapeOf(name, value);
  if (!shape || !isReadable(shape)) return { [`${name}_at`]: "" };
  const { centre, metres } = shape;
  return { [`${name}_at`]: plain(centre), [`${name}_m`]: exactDistance(metres) };
}

function plain([lat, lng]) {
  return `${Number(lat.toFixed(6))}, ${Number(turned(lng).toFixed(6))}`;
}
