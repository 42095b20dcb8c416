"use strict";
const test = require("node:test");
const assert = require("node:assert");

for (const name of ["figures", "catalogue", "sorting", "linked_map", "linked_scatter", "taking"]) require(`../../assets/js/${name}.js`);
const { figures, catalogue, sorting, linkedMap, linkedScatter, taking } = globalThis.cityvitals;

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
  const table = linkedMap.table(["#102030", "#405060"], (area) => area === 1);
  assert.deepStrictEqual([...table.slice(0, 4)], [0, 0, 0, 0]);
  assert.deepStrictEqual([...table.slice(4, 7)], [16, 32, 48]);
  assert.ok(table[7] < 60);
  assert.deepStrictEqual([...table.slice(8)], [64, 80, 96, 255]);
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
