"use strict";
const test = require("node:test");
const assert = require("node:assert");

for (const name of ["figures", "catalogue", "sorting", "linked_keys", "linked_progress", "linked_map", "linked_scatter", "taking"]) require(`../../assets/js/${name}.js`);
const { figures, catalogue, sorting, linkedKeys, linkedProgress, linkedMap, linkedScatter, taking } = globalThis.cityvitals;

test("a chart's type, margins and marks grow with the screen's small type", () => {
  const figure = {
    data: [{ line: { width: 4 }, marker: { size: [0, 10] } }, { marker: { size: 8 } }],
    layout: { meta: { right_em: 5 }, annotations: [{ text: "a", xshift: 8 }] },
  };
  const { data, layout } = figures.fitted(figure, 26);
  assert.strictEqual(layout.font.size, 26);
  assert.strictEqual(layout.margin.r, 130);
  assert.strictEqual(layout.annotations[0].xshift, 16);
  assert.deepStrictEqual(data[0].marker.size, [0, 20]);
  assert.strictEqual(data[1].marker.size, 16);
  assert.strictEqual(figure.layout.annotations[0].xshift, 8, "the answer itself stays as it was");
});

test("a catalogue entry is found by all words in any order and any case", () => {
  assert.ok(catalogue.matches("u38 城市道路网密度 urban road density csdlwmd", "Road URBAN"));
  assert.ok(catalogue.matches("csdlwmd", "dlw"));
  assert.ok(!catalogue.matches("urban road density", "road school"));
});

test("numbers sort as numbers and what is missing comes last in both directions", () => {
  const cells = ["10", "", "9", "-1"];
  assert.deepStrictEqual(cells.toSorted((a, b) => sorting.compare(a, b, 1)), ["-1", "9", "10", ""]);
  assert.deepStrictEqual(cells.toSorted((a, b) => sorting.compare(a, b, -1)), ["10", "9", "-1", ""]);
});

test("what is not chosen is dimmed and keeps its colour", () => {
  const drawn = { colours: ["#102030", "#405060", "#000000"], hatches: [null, null, "crossed"], ink: "#ffffff" };
  const [dimmed, kept, hatched] = linkedMap.paints(drawn, (area) => area === 1);
  assert.match(dimmed.colour, /^#102030[0-3].$/);
  assert.deepStrictEqual(kept, { colour: "#405060", ink: null, hatch: null });
  assert.match(hatched.ink, /^#ffffff[0-3].$/);
  assert.strictEqual(linkedMap.paints(drawn, null)[2].hatch, "crossed");
});

test("the edge of the area that the keys have reached is drawn, its inside and the others are not", () => {
  const side = 11, raster = new Uint16Array(side * side).fill(1), pixels = new Uint32Array(side * side);
  for (let i = 0; i < side; i++) raster[i] = 2;
  linkedMap.edge(pixels, raster, side, side, 0, [0, 0, 10, 10], 7);
  assert.deepStrictEqual([pixels[0], pixels[side], pixels[5 * side + 5]], [0, 7, 0]);
});

test("a line runs around the chosen areas and not between them", () => {
  const width = 12, raster = new Uint16Array(width * width), pixels = new Uint32Array(width * width);
  for (let i = 0; i < raster.length; i++) raster[i] = [0, 0, 1, 1, 1, 2, 2, 2, 3, 0, 0, 0][i % width];
  linkedMap.outline(pixels, raster, width, new Uint8Array([0, 1, 1, 0]), 7);
  assert.deepStrictEqual([...pixels.slice(width, 2 * width)], [7, 7, 0, 0, 0, 0, 7, 7, 0, 0, 0, 0]);
});

test("arrows go to the nearest area ahead and stay where none is", () => {
  const areas = { count: 4, labels: [0, 0, 10, 0, 12, 9, 0, 10], areaBoxes: [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1] };
  assert.strictEqual(linkedKeys.next(areas, 0, [1, 0]), 1);
  assert.strictEqual(linkedKeys.next(areas, 0, [0, 1]), 3);
  assert.strictEqual(linkedKeys.next(areas, 0, [-1, 0]), 0);
  assert.strictEqual(linkedKeys.next(areas, 1, [0, 1]), 2);
});

test("chosen areas are told by name, many of them by number", () => {
  const texts = { chosen: "{count}: {names}", and_more: "{names} …", comma: ", ", at: "{name}: {word}", is_chosen: "chosen" };
  const data = { codes: ["1", "2", "3", "4", "5", "6"], names: ["a", "b", "c", "d", "e", "f"], words: ["hot", "", "", "", "", ""], texts };
  assert.strictEqual(linkedKeys.chosenText(data, new Set(["2", "1"])), "2: a, b");
  assert.strictEqual(linkedKeys.chosenText(data, new Set(data.codes)), "6: a, b, c, d, e …");
  assert.strictEqual(linkedKeys.chosenText(data, null), "");
  assert.strictEqual(linkedKeys.areaText(data, new Set(["1"]), 0), "a: hot, chosen");
});

test("progress is said only where it is known, and is not done before it is", () => {
  assert.strictEqual(linkedProgress.said(0.429), "42 %");
  assert.strictEqual(linkedProgress.said(0.999), "99 %");
  assert.strictEqual(linkedProgress.said(null), "");
  assert.strictEqual(linkedProgress.said(1), "");
});

test("a lasso holds what lies in it, also where it is hollow", () => {
  const hollow = [[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]];
  assert.ok(linkedMap.inside(hollow, 1, 1));
  assert.ok(!linkedMap.inside(hollow, 5, 8));
  assert.ok(!linkedMap.inside(hollow, 11, 1));
});

test("a lasso in the scatter catches points where they are drawn", () => {
  const axis = { _offset: 100, d2p: (value) => value * 10 };
  const trace = { x: [1, 5, 9], y: [1, 5, 9], customdata: ["a", "b", "c"] };
  assert.deepStrictEqual(linkedScatter.caught(trace, axis, axis, [[105, 105], [155, 105], [155, 155], [105, 155]]), ["a", "b"]);
});

test("all areas fit into the canvas, those without boundary do not count", () => {
  const none = [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000];
  const view = linkedMap.fitted({ count: 2, areaBoxes: [100, 100, 200, 150, ...none] }, 212, 400);
  assert.strictEqual(view.scale, 2);
  assert.strictEqual(100 * view.scale + view.x, 6);
  assert.strictEqual(125 * view.scale + view.y, 200);
});

test("a picture's file name says what it shows and is one any system takes", () => {
  assert.strictEqual(taking.fileName("a/b: c (U1) · x <y> · 2024 · rest", "png"), "a_b_c_(U1)-x_y_-2024.png");
});
