// Area files for the tests: the one the server wrote, and small ones from arcs.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

for (const name of ["decode", "raster", "colours", "borders", "places", "fit", "values", "shown", "text", "timeline"]) {
  require(`../../assets/js/area_${name}.js`);
}
const { cityvitals } = globalThis;

// A frame of land with an enclave in it, a neighbour in the east, and an area without boundary.
function written() {
  const bytes = fs.readFileSync(path.join(__dirname, "data", "enclave.bin"));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

// Areas from closed rings of [x, y] grid steps, one ring each; a step is a metre at the middle of the world.
function areasOf(rings) {
  const points = [], arcStarts = [0];
  for (const ring of rings) {
    for (const [x, y] of [...ring, ring[0]]) points.push(x, y);
    arcStarts.push(points.length / 2);
  }
  const boxes = rings.flatMap((ring) => {
    const xs = ring.map(([x]) => x), ys = ring.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  });
  const numbers = Uint32Array.from(rings.keys());
  return {
    west: 0, north: 0, step: 1, count: rings.length,
    areaStarts: Uint32Array.from([...numbers, rings.length]), areaArcs: numbers,
    arcStarts: Uint32Array.from(arcStarts), points: Int32Array.from(points),
    arcBoxes: Int32Array.from(boxes), areaBoxes: Int32Array.from(boxes),
    sides: Int32Array.from(rings.flatMap((_, area) => [area, -1])),
    labels: Int32Array.from(rings.flatMap((ring) => middle(ring))),
    names: {},
  };
}

function middle(ring) {
  return [0, 1].map((axis) => Math.round(ring.reduce((sum, point) => sum + point[axis], 0) / ring.length));
}

function square(x, y, size) {
  return [[x, y], [x + size, y], [x + size, y + size], [x, y + size]];
}

module.exports = { cityvitals, written, areasOf, square };
