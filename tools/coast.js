// The coast of northern Europe, cut out of Natural Earth's land (1:10 million, public domain) as the
// package world-atlas carries it. The server draws it behind a map whose boundaries are not loaded.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const land = createRequire(import.meta.url).resolve("world-atlas/land-10m.json");
const BOX = { west: -12, south: 53, east: 33, north: 72 };
const EDGES = [
  [0, BOX.west, 1],
  [0, BOX.east, -1],
  [1, BOX.south, 1],
  [1, BOX.north, -1],
];

// Sutherland and Hodgman's cut: keep what lies on the inner side of each edge of the box in turn.
function cutRing(ring) {
  return EDGES.reduce((points, [axis, limit, side]) => {
    const isInside = (point) => (point[axis] - limit) * side >= 0;
    return points.flatMap((point, at) => {
      const before = points[(at + points.length - 1) % points.length];
      const crossing = () => {
        const share = (limit - before[axis]) / (point[axis] - before[axis]);
        return before.map((value, each) => value + share * (point[each] - value));
      };
      if (isInside(point)) return isInside(before) ? [point] : [crossing(), point];
      return isInside(before) ? [crossing()] : [];
    });
  }, ring.slice(0, -1));
}

function closed(points) {
  const rounded = points.map((point) => point.map((value) => Math.round(value * 1000) / 1000));
  const distinct = rounded.filter(
    ([x, y], at) => at === 0 || x !== rounded[at - 1][0] || y !== rounded[at - 1][1],
  );
  return [...distinct, distinct[0]];
}

export function writeCoast(path) {
  const topology = JSON.parse(readFileSync(land, "utf8"));
  const shapes = feature(topology, topology.objects.land);
  const polygons = (shapes.features ?? [shapes]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const coordinates = polygons
    .map((polygon) => polygon.map(cutRing).filter((ring) => ring.length > 2).map(closed))
    .filter((polygon) => polygon.length > 0 && polygon[0].length > 3);
  writeFileSync(path, JSON.stringify({ type: "MultiPolygon", coordinates }));
}
