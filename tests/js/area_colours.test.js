"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { cityvitals } = require("./area_file.js");
const { pixel, classOf, table, around, patternMask, colour } = cityvitals.areaColours;

const RED = "#ff0000", BLUE = "#0000ff", GREY = "#808080";

function painted(raster, width, paints, left = 0, ratio = 1) {
  const pixels = new Uint32Array(raster.length);
  colour(raster, width, pixels, table(paints), patternMask(ratio), left, 0);
  return pixels;
}

test("a pixel is opaque unless its colour says otherwise", () => {
  assert.equal(pixel(RED), 0xff0000ff);
  assert.equal(pixel(BLUE + "00"), 0x00ff0000);
});

test("a value on a bound belongs to the class below it", () => {
  assert.deepEqual([9, 10, 10.5, 20, 21].map((value) => classOf(value, [10, 20])), [0, 0, 1, 1, 2]);
  assert.equal(classOf(5, []), 0);
});

test("a value exactly on a lower standard meets it in the browser as on the server", () => {
  const low = Math.fround(85.3), justBelow = 85.29999542236328;
  assert.equal(classOf(low, [justBelow]), 1);
  assert.equal(classOf(Math.fround(85.29), [justBelow]), 0);
});

test("each area gets its colour and the outside stays transparent", () => {
  const pixels = painted(Uint16Array.from([0, 1, 2, 1]), 4, [{ colour: RED }, { colour: BLUE }]);
  assert.deepEqual([...pixels], [0, pixel(RED), pixel(BLUE), pixel(RED)]);
});

test("each reason for a missing value is hatched in its own way, and never solid", () => {
  const drawn = ["rising", "falling", "crossed", "dotted"].map((hatch) => {
    const pixels = painted(new Uint16Array(256).fill(1), 16, [{ colour: GREY, ink: RED, hatch }]);
    assert.deepEqual(new Set(pixels), new Set([pixel(GREY), pixel(RED)]));
    return pixels.join();
  });
  assert.equal(new Set(drawn).size, 4);
});

test("the area whose surroundings are shown stays open, and its neighbours are quiet", () => {
  const colours = around(["1", "2", "3"], "2", GREY);
  assert.deepEqual([1, 2, 3].map((area) => colours[area * 8] >>> 24), [255, 0, 255]);
  assert.equal(colours[8], pixel(GREY));
});

test("hatching runs on from one tile to the next", () => {
  const paints = [{ colour: GREY, ink: RED, hatch: "rising" }];
  const whole = painted(new Uint16Array(20).fill(1), 20, paints, 3);
  const right = painted(new Uint16Array(10).fill(1), 10, paints, 13);
  assert.deepEqual([...whole.slice(10)], [...right]);
});

test("hatching is as wide on a screen of double resolution", () => {
  const share = (ratio) => patternMask(ratio).mask.filter((bits) => bits & 1).length / patternMask(ratio).size ** 2;
  assert.equal(patternMask(2).size, 2 * patternMask(1).size);
  assert.ok(Math.abs(share(1) - share(2)) < 0.08);
});
