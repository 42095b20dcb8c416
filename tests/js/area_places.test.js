"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { cityvitals, written, areasOf, square } = require("./area_file.js");
const { neighbour, placed, contains, box } = cityvitals.areaPlaces;

// 0 1 2
// 3 4 5
// 6 7 8
const GRID = areasOf(Array.from({ length: 9 }, (_, i) => square((i % 3) * 10, Math.floor(i / 3) * 10, 10)));

function name(x, y, priority, width = 40) {
  return { x, y, width, height: 14, room: 100, priority };
}

test("arrow keys lead to the area ahead", () => {
  const around = ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"].map((key) => neighbour(GRID, 4, key));
  assert.deepEqual(around, [1, 5, 7, 3]);
});

test("at the rim an arrow key leads nowhere", () => {
  assert.equal(neighbour(GRID, 2, "ArrowRight"), -1);
});

test("every area can be reached from every other by arrow keys", () => {
  for (let start = 0; start < 9; start++) {
    const reached = new Set([start]);
    for (const at of reached) {
      for (const key of ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"]) {
        const next = neighbour(GRID, at, key);
        if (next >= 0) reached.add(next);
      }
    }
    assert.equal(reached.size, 9);
  }
});

test("of two names that collide the weightier stands", () => {
  const [small, large, apart] = [name(0, 0, 1), name(20, 5, 9), name(200, 0, 1)];
  assert.deepEqual(placed([small, large, apart], 4), [large, apart]);
});

test("no two names that stand cover each other", () => {
  const candidates = Array.from({ length: 60 }, (_, i) => name((i * 37) % 300, (i * 53) % 200, i));
  const standing = placed(candidates, 4);
  for (const one of standing) {
    for (const other of standing) {
      if (one === other) continue;
      assert.ok(Math.abs(one.x - other.x) >= 40 || Math.abs(one.y - other.y) >= 14);
    }
  }
  assert.ok(standing.length > 5);
});

test("a name much wider than its area is left out", () => {
  assert.deepEqual(placed([{ ...name(0, 0, 1), room: 20 }], 4), []);
});

test("a place in the enclave is in the enclave and not in the area around it", () => {
  const areas = cityvitals.decodeAreas(written());
  const [x, y] = areas.labels.slice(2, 4);
  assert.deepEqual([0, 1, 2].map((area) => contains(areas, area, x, y)), [false, true, false]);
});

test("each name stands in its own area", () => {
  const areas = cityvitals.decodeAreas(written());
  for (const area of [0, 1, 2]) assert.ok(contains(areas, area, areas.labels[2 * area], areas.labels[2 * area + 1]));
});

test("a group's name stands at its member nearest to the middle of the group", () => {
  const areas = { ...GRID, names: { parents: ["west", "west", "east", "west", "west", "east", "west", "west", "east"] } };
  const spots = Object.fromEntries(cityvitals.areaPlaces.groupSpots(areas).map(({ code, area }) => [code, area]));
  assert.equal(spots.east, 5);
  assert.ok([3, 4].includes(spots.west));
});

test("the box of some areas leaves the others out, and of nothing there is none", () => {
  assert.deepEqual(box(GRID, [0, 1]), [0, -10, 20, 0]);
  assert.deepEqual(box(GRID), [0, -30, 30, 0]);
  assert.equal(box(cityvitals.decodeAreas(written()), [3]), null);
});
