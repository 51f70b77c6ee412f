// Cells of the answer as pins: none on top of another, and no photo left out of the sum.

import { pinSize } from "./map-pins.js";

const GAP = 4; // pixels left free between two pins

const LEVELS = 26;

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** A full list from {at, value}: null where nothing stands. */
function spread(sparse, length) {
  const list = new Array(length).fill(null);
  if (sparse.at) summed(sparse.at).forEach((at, index) => { list[at] = sparse.value[index]; });
  return list;
}

/** The square of the quadtree at a level that holds a place, degrees. */
function squareOf(lat, lon, level) {
  const side = 2 ** level;
  const sine = Math.sin((lat * Math.PI) / 180);
  const column = Math.min(side - 1, Math.floor(((lon + 180) / 360) * side));
  const row = Math.max(0, Math.min(side - 1, Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side)));
  const latitude = (edge) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * edge) / side))) * 180) / Math.PI;
  return { west: (column / side) * 360 - 180, east: ((column + 1) / side) * 360 - 180, north: latitude(row), south: latitude(row + 1) };
}

/** One object per cell, from the parallel columns of /api/atlas. */
export function cellsOf(columns) {
  if (!columns) return [];
  const { length } = columns.n;
  const [lats, lons] = [summed(columns.lat), summed(columns.lon)];
  const [parts, possible, radius, direction, width] = ["parts", "possible", "radius_m", "direction", "width_deg"].map((name) => spread(columns[name], length));
  return columns.n.map((n, index) => {
    const [lat, lon] = [lats[index] * columns.unit, lons[index] * columns.unit];
    return {
      lat, lon, n,
      parts: parts[index] ?? 0,
      photo: columns.photo[index],
      radius: radius[index],
      direction: direction[index],
      width: width[index],
      possible: Boolean(possible[index]),
      also: 0,
      alsoParts: 0,
      atLeast: false,
      depth: columns.depth[index],
      ...squareOf(lat, lon, Math.min(LEVELS, columns.depth[index])),
    };
  });
}

/** Photos with several places may be the same ones in two cells: of them only the least number is sure. */
function joined(keeper, other) {
  const doubtful = isDoubtful(other) && !isDoubtful(keeper);
  const [parts, alsoParts] = doubtful ? [0, Math.max(other.parts, other.alsoParts)] : [other.parts, other.alsoParts];
  return {
    ...keeper,
    n: keeper.n + (doubtful ? 0 : other.n),
    parts: Math.max(keeper.parts, parts),
    also: keeper.also + other.also + (doubtful ? other.n : 0),
    alsoParts: Math.max(keeper.alsoParts, alsoParts),
    atLeast: keeper.atLeast || other.atLeast || Math.min(keeper.parts, parts) > 0 || Math.min(keeper.alsoParts, alsoParts) > 0,
    radius: null,
    direction: null,
    width: null,
    west: Math.min(keeper.west, other.west),
    south: Math.min(keeper.south, other.south),
    east: Math.max(keeper.east, other.east),
    north: Math.max(keeper.north, other.north),
  };
}

/** Only possible here: matched by doubt, or one of several places of photos that are counted apart (n = 0). */
export function isDoubtful(cell) {
  return cell.possible || cell.n === 0;
}

/** Join cells whose pins would overlap; a joined pin stands on the place of its largest cell's photo.

    `at(cell)` gives pixels. Certain cells are placed first; a doubtful one in the way of a certain one is told by
    a second number (`also`), so that n + also of all pins is what the answer's cells hold. */
export function withoutOverlap(cells, at) {
  const kept = [];
  const size = (cell) => Math.max(cell.n, cell.parts);
  const sorted = [...cells].sort((a, b) => isDoubtful(a) - isDoubtful(b) || size(b) - size(a));
  for (const cell of sorted) {
    const point = at(cell);
    const near = kept.find((other) => {
      const apart = (pinSize(other.cell) + pinSize(cell)) / 2 + GAP;
      return Math.abs(other.point.x - point.x) < apart && Math.abs(other.point.y - point.y) < apart;
    });
    if (near) near.cell = joined(near.cell, cell);
    else kept.push({ cell, point });
  }
  return kept.map(({ cell }) => cell);
}

/** Whether zooming in can still tell the photos of a cell apart. */
export function canSplit(cell) {
  return cell.east - cell.west > 1e-5 || cell.north - cell.south > 1e-5;
}

export function pinKey(cell) {
  return `${cell.photo}:${cell.n}:${cell.parts}:${cell.possible ? 1 : 0}:${cell.also}:${cell.alsoParts}:${cell.atLeast ? 1 : 0}:${cell.lat}:${cell.lon}`;
}
