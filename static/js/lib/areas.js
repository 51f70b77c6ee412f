// Areas of the map as the address writes them: "west,south,east,north" in degrees; west > east crosses the antimeridian.

function wrapped(longitude) {
  return longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** Four decimals (about 11 m) at city scale, fewer when the area is larger: addresses stay short. */
function decimals(width) {
  return Math.max(0, Math.min(6, Math.ceil(3 - Math.log10(Math.max(width, 1e-6)))));
}

/** Text of Leaflet bounds, or "" once the view is as wide as the world: then nothing is left out, the poles neither. */
export function areaText(bounds) {
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  const [south, north] = [Math.max(-90, bounds.getSouth()), Math.min(90, bounds.getNorth())];
  if (east - west >= 359.5) return "";
  const places = decimals(Math.min(east - west, north - south));
  const step = 10 ** -places;
  const outward = [
    wrapped(Math.floor(west / step) * step),
    Math.max(-90, Math.floor(south / step) * step),
    wrapped(Math.ceil(east / step) * step),
    Math.min(90, Math.ceil(north / step) * step),
  ];
  return outward.map((side) => String(Number(side.toFixed(places)))).join(",");
}

/** [west, south, east, north] with east ≥ west (beyond 180 when the area crosses the antimeridian), or null. */
export function areaFrom(text) {
  const sides = (text ?? "").split(",").map(Number);
  if (sides.length !== 4 || !sides.every(Number.isFinite)) return null;
  const [west, south, east, north] = sides;
  return [west, south, east < west ? east + 360 : east, north];
}

/** A coordinate in words: "39.03° N, 125.75° E". */
export function coordinateText(latitude, longitude, places = 2) {
  const part = (value, plus, minus) => `${Math.abs(value).toFixed(places)}° ${value < 0 ? minus : plus}`;
  return `${part(latitude, "N", "S")}, ${part(longitude, "E", "W")}`;
}
