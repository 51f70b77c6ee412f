// Cells of the answer as pins: none on top of another, and no photo left out of the sum.

import { pinSize } from "./map-pins.js";

const GAP = 4; // pixels left free between two pins

/** One object per cell, from the parallel columns of /api/atlas. */
export function cellsOf(columns) {
  if (!columns) return [];
  return columns.lat.map((lat, index) => ({
    lat,
    lon: columns.lon[index],
    n: columns.n[index],
    parts: columns.parts[index],
    photo: columns.photo[index],
    radius: columns.radius_m[index],
    direction: columns.direction[index],
    width: columns.width_deg[index],
    possible: Boolean(columns.possible[index]),
    west: columns.west[index],
    south: columns.south[index],
    east: columns.east[index],
    north: columns.north[index],
  }));
}

function joined(keeper, other) {
  return {
    ...keeper,
    n: keeper.n + other.n,
    parts: keeper.parts + other.parts,
    radius: null,
    direction: null,
    width: null,
    west: Math.min(keeper.west, other.west),
    south: Math.min(keeper.south, other.south),
    east: Math.max(keeper.east, other.east),
    north: Math.max(keeper.north, other.north),
  };
}

/** Join cells whose pins would overlap; a joined pin stands on the place of its largest cell's photo.

    `at(cell)` gives pixels. What is only possible is never joined: it may be counted elsewhere too. */
export function withoutOverlap(cells, at) {
  const kept = [];
  const certain = cells.filter((cell) => !cell.possible && cell.n > 0).sort((a, b) => b.n - a.n);
  for (const cell of certain) {
    const point = at(cell);
    const near = kept.find((other) => {
      const apart = (pinSize(other.cell) + pinSize(cell)) / 2 + GAP;
      return Math.abs(other.point.x - point.x) < apart && Math.abs(other.point.y - point.y) < apart;
    });
    if (near) near.cell = joined(near.cell, cell);
    else kept.push({ cell, point });
  }
  return [...kept.map(({ cell }) => cell), ...cells.filter((cell) => cell.possible || cell.n === 0)];
}

/** Whether zooming in can still tell the photos of a cell apart. */
export function canSplit(cell) {
  return cell.east - cell.west > 1e-5 || cell.north - cell.south > 1e-5;
}

export function pinKey(cell) {
  return `${cell.photo}:${cell.n}:${cell.parts}:${cell.possible ? 1 : 0}:${cell.lat}:${cell.lon}`;
}
