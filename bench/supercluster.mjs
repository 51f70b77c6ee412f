// Clusters of one view by supercluster, for bench/atlas.py: node supercluster.mjs POINTS ASKED
//
// POINTS holds longitude and latitude by turns as 64-bit floats; ASKED is {package, box, zoom, rounds, filtered}.
// Prints the milliseconds of each round as JSON. With a filter a round begins with indexing what passed it.
import { readFileSync } from "node:fs";

const asked = JSON.parse(process.argv[3]);
const { default: Supercluster } = await import(`${asked.package}/node_modules/supercluster/index.js`);
const bytes = readFileSync(process.argv[2]);
const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
const points = [];
for (let at = 0; at < numbers.length; at += 2) {
  points.push({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [numbers[at], numbers[at + 1]] } });
}
const indexed = () => new Supercluster({ radius: 64, maxZoom: 17 }).load(points);
let index = indexed();
const spent = [];
for (let round = 0; round <= asked.rounds; round += 1) {
  const begun = performance.now();
  if (asked.filtered && round < 3) index = indexed();
  index.getClusters(asked.box, asked.zoom);
  if (round && (!asked.filtered || round < 3)) spent.push(performance.now() - begun);
}
console.log(JSON.stringify(spent));
