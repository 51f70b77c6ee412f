// The look of a place that is asked for: its outline, and the handles that change it.
import { awayFrom, circleCorners, metresBetween } from "./map-draw-text.js";
import { h, icon } from "./dom.js";

const HANDLE_PX = 28; // what a finger can hit; the dot in it is smaller

function handle(at, turn, look, moved, label = null) {
  const { L } = window;
  const mark = L.divIcon({ html: h("span", { class: "draw-dot" }, label), className: `draw-handle ${look}`, iconSize: [HANDLE_PX, HANDLE_PX] });
  return { marker: L.marker([at[0], at[1] + turn], { icon: mark, draggable: true, autoPan: false, keyboard: false, zIndexOffset: 3000 }), moved };
}

/** Sides on which latitude and longitude change evenly, as they are judged (RFC 7946): bent on this map where long. */
function bent(corners) {
  return corners.flatMap(([lat, lng], n) => {
    const [nextLat, nextLng] = corners[(n + 1) % corners.length];
    const pieces = Math.min(60, Math.ceil(Math.max(Math.abs(nextLat - lat), Math.abs(nextLng - lng)))) || 1;
    return Array.from({ length: pieces }, (_, m) => [lat + ((nextLat - lat) * m) / pieces, lng + ((nextLng - lng) * m) / pieces]);
  });
}

/** The outline as a polygon of Leaflet, in the copy of the world that is `turn` degrees east. */
export function outlineOf(tool, shape, turn) {
  const corners = shape.corners ? bent(shape.corners) : circleCorners(shape.centre, shape.metres);
  return window.L.polygon(corners.map(([lat, lng]) => [lat, lng + turn]), { interactive: false, smoothFactor: 0.3, className: `asked ${tool}` });
}

/** {marker, moved(shape, place)} for each handle; `pixels` is how far the rim of a circle lies from its middle. */
export function handlesOf(tool, shape, turn, pixels) {
  if (shape.corners) {
    return shape.corners.map((corner, n) => handle(corner, turn, "draw-corner", (now, place) => ({ corners: now.corners.map((one, m) => (m === n ? place : one)) })));
  }
  const rim = handle(awayFrom(shape.centre, shape.metres, 90), turn, "draw-rim", (now, place) => ({ ...now, metres: metresBetween(now.centre, place) }));
  const centre = handle(shape.centre, turn, tool === "sees" ? "draw-sight" : "draw-centre", (now, place) => ({ ...now, centre: place }), tool === "sees" ? icon("eye") : null);
  return pixels < HANDLE_PX ? [centre] : [rim, centre];
}
