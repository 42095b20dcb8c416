"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const { cityvitals, areasOf, square } = require("./area_file.js");
const { outline, place, crosses } = cityvitals.areaFit;

const FRAME = { width: 1000, height: 600, pad: 20 };
const LEGEND = { left: 750, top: 350, right: 1000, bottom: 600 };
const CITY = outline(areasOf([square(0, 0, 50), square(50, 50, 50), square(0, 50, 50), square(50, 0, 50)]));

test("a segment crosses a rectangle through it, inside it and on its edge, and not beside it", () => {
  const box = { left: 0, top: 0, right: 10, bottom: 10 };
  assert.ok(crosses(-5, 5, 15, 5, box));
  assert.ok(crosses(2, 2, 3, 3, box));
  assert.ok(crosses(-5, 10, 15, 10, box));
  assert.ok(!crosses(-5, 12, 15, 11, box));
  assert.ok(!crosses(-5, 4, 4, -6, box));
});

test("with nothing in the way a place fills the frame, in its middle", () => {
  assert.deepEqual(place(CITY, FRAME, []), { left: 220, top: 20, width: 560 });
});

test("a place moves aside before it grows smaller", () => {
  const found = place(CITY, FRAME, [LEGEND]);
  assert.equal(found.width, 560);
  assert.ok(found.left + found.width <= LEGEND.left - 10);
});

test("where there is no room aside it grows smaller until it lies under nothing", () => {
  const narrow = { width: 700, height: 600, pad: 20 }, legend = { left: 450, top: 350, right: 700, bottom: 600 };
  const { left, top, width } = place(CITY, narrow, [legend]);
  assert.ok(width < 560);
  assert.ok(left + width <= 440 || top + width <= 340);
});

test("what lies over everything is borne rather than a place too small to read", () => {
  assert.equal(place(CITY, FRAME, [{ left: 0, top: 0, right: 1000, bottom: 600 }]).width, 560);
});

test("areas without boundaries ask for the whole frame", () => {
  const none = { arcStarts: [0], sides: [], points: [], count: 1, areaBoxes: Int32Array.from([9, 9, -9, -9]) };
  assert.equal(place(outline(none), FRAME, [LEGEND]).width, 560);
});
