// What is drawn: points that can be dragged, the area or line through them, the rim of a point's doubt, towns that may be meant.
import { h } from "./dom.js";
import { hatchDefinition } from "./map-pins.js";

const CLOSEST = 12;

export class Sketch {
  /** `moved(points)` after a point was dragged; `rim(metres)` after the rim was. */
  constructor(map, { moved, rim }) {
    Object.assign(this, { map, moved, rim, points: [] });
    this.shapes = window.L.layerGroup().addTo(map);
    this.handles = window.L.layerGroup().addTo(map);
    this.places = window.L.layerGroup().addTo(map);
    map.getContainer().append(hatchDefinition());
    // A map that was hidden has no size to fit anything into: look again once it has one.
    map.on("resize", ({ oldSize }) => oldSize.x === 0 && this.wanted && this.#fit(this.wanted));
  }

  clear(alsoTowns) {
    this.shapes.clearLayers();
    this.handles.clearLayers();
    if (alsoTowns) this.places.clearLayers();
    this.points = [];
  }

  draw(shape, points, metres) {
    const { L } = window;
    this.clear(false);
    this.points = points;
    this.metres = metres;
    this.shape = shape;
    this.#outline();
    points.forEach((at, n) => this.#handle(at, "drawing-handle", (marker) => {
      this.points[n] = marker.getLatLng();
      this.shapes.clearLayers();
      this.#outline();
    }, () => this.moved([...this.points])));
    if (shape === "point" && points.length && metres) {
      const east = L.latLng(points[0]).toBounds(2 * metres).getEast();
      this.#handle(L.latLng(points[0].lat, east), "drawing-handle drawing-rim", null, (marker) => this.rim(this.map.distance(this.points[0], marker.getLatLng())));
    }
  }

  #outline() {
    const { L } = window;
    const look = { interactive: false, className: "doubt" };
    const { points, metres, shape } = this;
    if (shape === "area" && points.length > 1) L.polygon(points, look).addTo(this.shapes);
    if (shape === "line" && points.length) {
      L.polyline(points, { interactive: false, className: "drawing-line" }).addTo(this.shapes);
      for (const at of metres ? points : []) L.circle(at, { radius: metres, ...look }).addTo(this.shapes);
    }
    if (shape === "point" && points.length && metres) L.circle(points[0], { radius: metres, ...look }).addTo(this.shapes);
  }

  #handle(at, look, during, after) {
    const { L } = window;
    const mark = L.divIcon({ html: h("span", {}), className: look, iconSize: [28, 28] });
    const marker = L.marker(at, { icon: mark, draggable: true, autoPan: true, keyboard: false, zIndexOffset: look.includes("rim") ? 0 : 100 }).addTo(this.handles);
    marker.getElement().setAttribute("aria-hidden", "true");
    if (during) marker.on("drag", () => during(marker));
    marker.on("dragend", () => after(marker));
  }

  towns(towns) {
    const { L } = window;
    this.places.clearLayers();
    const bounds = L.latLngBounds([]);
    for (const { name, latitude, longitude, radius_m } of towns) {
      const at = L.latLng(latitude, longitude);
      bounds.extend(at.toBounds(Math.max(2 * radius_m, 2000)));
      L.circle(at, { radius: radius_m, interactive: false, className: "doubt possible" }).addTo(this.places);
      L.circleMarker(at, { radius: 5, className: "drawing-town" }).bindTooltip(h("span", {}, name), { permanent: towns.length <= 5, direction: "right", className: "drawing-name" }).addTo(this.places);
    }
    if (bounds.isValid()) this.#fit(bounds.pad(0.2));
  }

  /** Show the whole drawing; unless `always`, only when some of it lies outside the view. */
  look(always) {
    const { L } = window;
    const bounds = L.latLngBounds(this.points);
    if (this.metres) for (const at of this.points) bounds.extend(L.latLng(at).toBounds(2 * this.metres));
    if (!bounds.isValid()) return;
    if (always || !this.map.getBounds().contains(bounds)) this.#fit(bounds.pad(0.3));
  }

  #fit(bounds) {
    this.wanted = bounds;
    if (this.map.getSize().x) this.map.fitBounds(bounds, { animate: false, maxZoom: CLOSEST });
  }
}
