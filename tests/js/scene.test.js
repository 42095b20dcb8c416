"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { load } = require("./shell_file.js");

globalThis.document = globalThis.document || undefined;
const cityvitals = ["area_places.js", "area_values.js", "area_colours.js", "area_text.js", "solid_areas.js", "solid_buildings.js", "picture_frame.js", "picture_sheet.js"]
  .reduce((_, name) => load(name), null);

// A square with a square hole, cut into three arcs: two halves of the outer ring (one against its course), the hole.
const ring = {
  count: 1, areaStarts: [0, 3], areaArcs: [0, 1, 2], arcStarts: [0, 3, 6, 11], step: 1, west: 0, north: 0,
  points: [0, 0, 10, 0, 10, 10, /**/ 0, 0, 0, 10, 10, 10, /**/ 4, 4, 6, 4, 6, 6, 4, 6, 4, 4],
};

test("an area's shared borders close to rings, whichever way each was stored; a ring inside is a hole", () => {
  const rings = cityvitals.solidAreas.rings(ring, 0).map((points) => points.map((p) => [ring.points[2 * p], ring.points[2 * p + 1]]));
  assert.deepStrictEqual(rings.map((points) => points.length).sort(), [5, 6]);
  rings.forEach((points) => assert.deepStrictEqual(points[0], points[points.length - 1]));
  const polygons = cityvitals.solidAreas.polygons(rings);
  assert.strictEqual(polygons.length, 1);
  assert.strictEqual(polygons[0].length, 2);
  const island = [[20, 20], [22, 20], [22, 22], [20, 20]];
  assert.strictEqual(cityvitals.solidAreas.polygons([...rings, island]).length, 2);
});

test("heights are in proportion to the values, from zero or from the smallest negative; missing lies flat", () => {
  assert.deepStrictEqual(cityvitals.solidAreas.heights([0, 5, 10, NaN], 100), [0, 50, 100, 0]);
  assert.deepStrictEqual(cityvitals.solidAreas.heights([-5, 0, 5], 100), [0, 50, 100]);
  assert.deepStrictEqual(cityvitals.solidAreas.heights([NaN, 0], 100), [0, 0]);
});

test("a building's square has the asked side in metres, at any latitude", () => {
  const [[west, south], [east], [, north]] = cityvitals.solidBuildings.square(118, 60, 10);
  assert.ok(Math.abs((north - south) * 111320 - 20) < 1e-6);
  assert.ok(Math.abs((east - west) * 111320 * 0.5 - 20) < 1e-6);
});

test("what is said of the buildings names squares, sources of height and what was left out", () => {
  const words = { count: "{count} shown", cut: "of {total}", squares: "squares", heights: "{measured}/{storeys}/{unknown}", locale: "en" };
  const found = { shown: 3, total: 5, outline: null, known: [0, 1, 2] };
  assert.deepStrictEqual(cityvitals.solidBuildings.said(found, words), ["3 shown", "of 5", "squares", "1/1/1"]);
});

test("the scale bar is the longest round length that fits", () => {
  assert.deepStrictEqual(cityvitals.pictureFrame.bar(10, 130), { metres: 1000, px: 100 });
  assert.strictEqual(cityvitals.pictureFrame.bar(3.9, 130).metres, 500);
  assert.strictEqual(cityvitals.pictureFrame.barText(2000, { km: "公里", m: "米" }), "2 公里");
});

test("a caption breaks between its parts and loses none", () => {
  const lines = cityvitals.pictureSheet.wrapped("aa · bb · cccccc · d", 7, (text) => text.length);
  assert.deepStrictEqual(lines, ["aa · bb", "cccccc", "d"]);
});
