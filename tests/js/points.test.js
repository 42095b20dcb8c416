"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
for (const name of ["decode", "bins", "symbols", "card"]) require(`../../assets/js/point_${name}.js`);
require("../../assets/js/reach_layer.js");
const { decodePoints, pointBins, pointSymbols, pointCard, reach } = globalThis.cityvitals;

function written(name) {
  const bytes = fs.readFileSync(path.join(__dirname, "data", name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

const points = decodePoints(written("points.bin")), overview = decodePoints(written("points-overview.bin"));
const ALL = [true, true, true, true];
const extent = points.columns * points.cell * points.step;
const whole = { scale: 256 / extent, left: points.west * (256 / extent), top: -points.north * (256 / extent), width: 256, height: 256 };
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

test("every point of the server's file is there, with its category and as text what was text", () => {
  assert.strictEqual(points.count, 501);
  assert.deepStrictEqual([...new Set(points.category)].sort(), [0, 1, 2, 3]);
  assert.strictEqual(points.names.categories[3], "<img src=x>");
  assert.strictEqual(points.starts[points.starts.length - 1], 501);
});

test("a file that is none is refused", () => {
  assert.throws(() => decodePoints(new ArrayBuffer(10)), /not a point file/);
  assert.throws(() => decodePoints(new ArrayBuffer(100)), /not a point file/);
});

test("a tile over everything counts everything, and only what the filter shows", () => {
  const visited = [];
  pointBins.eachPoint(points, whole, ALL, 0, (number) => visited.push(number));
  assert.strictEqual(new Set(visited).size, 501);
  assert.strictEqual(sum(pointBins.ofPoints(points, whole, ALL, 4, 0).total), 501);
  assert.strictEqual(sum(pointBins.ofPoints(points, whole, [false, false, false, true], 4, 0).total), 1);
});

test("four tiles side by side count each point once", () => {
  let total = 0;
  for (const [x, y] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
    const tile = { scale: whole.scale * 2, left: whole.left * 2 + 256 * x, top: whole.top * 2 + 256 * y, width: 256, height: 256 };
    total += sum(pointBins.ofPoints(points, tile, ALL, 4, 0).total);
  }
  assert.strictEqual(total, 501);
});

test("an overview shows as many as there are, and the filter works on it too", () => {
  assert.ok(Math.abs(sum(pointBins.ofOverview(overview, whole, ALL, 4).total) - 501) < 0.01);
  assert.ok(Math.abs(sum(pointBins.ofOverview(overview, whole, [true, false, false, false], 4).total) - 167) < 0.01);
  assert.strictEqual(overview.names.points, "x.bin");
});

test("the nearest point is found, no further than the pointer reaches, and not among the hidden", () => {
  const [x, y] = pointBins.metres(points, 77);
  assert.strictEqual(pointBins.nearest(points, ALL, x + 5, y - 5, 50), 77);
  assert.strictEqual(pointBins.nearest(points, ALL, points.west - 5000, points.north, 100), -1);
  const without = ALL.map((_, category) => category !== points.category[77]);
  assert.notStrictEqual(pointBins.nearest(points, without, x, y, 50), 77);
});

test("categories differ in shape and in colour, and a layer of one takes its own colour", () => {
  const four = pointSymbols.symbols(4, {}, false);
  assert.strictEqual(new Set(four.map(({ shape }) => shape)).size, 4);
  assert.strictEqual(new Set(four.map(({ colour }) => colour)).size, 4);
  assert.strictEqual(pointSymbols.symbols(1, { colour: "#123456" }, true)[0].colour, "#123456");
});

test("the card says what is known under the words given, and leaves out what is missing", () => {
  const rows = pointCard.rows({ name: "一中", note: null, empty: "", beds: 0, more: { a: 1 } }, { name: "名称" });
  assert.deepStrictEqual(rows, [["名称", "一中"], ["beds", "0"], ["more", '{"a":1}']]);
  assert.strictEqual(pointCard.rows({ long: "x".repeat(5000) })[0][1].length, 300);
});

test("a click on the reach map changes one part of the link's word", () => {
  const payload = { choice: "layer:school;at:1.00000,2.00000", plus: [], most_added: 2 };
  assert.strictEqual(reach.asked(payload, "at", 114.123456, 30), "layer:school;at:114.12346,30.00000");
  assert.strictEqual(reach.asked(payload, "plus", 1, 2), "layer:school;at:1.00000,2.00000;plus:1.00000,2.00000");
  assert.strictEqual(reach.asked({ ...payload, plus: [[1, 2], [3, 4]] }, "plus", 5, 6), undefined);
  assert.strictEqual(reach.withPart("at:1,2", "at", ""), null);
});
