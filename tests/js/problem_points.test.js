"use strict";
const test = require("node:test");
const assert = require("node:assert");
globalThis.dash_clientside = { no_update: {} };
require("../../assets/js/grid_api.js");
require("../../assets/js/problem_points.js");
require("../../assets/js/problems.js");
const { problemPoints, problems } = globalThis.cityvitals;

test("points that fall into one cell of the screen are one crowd, and none is lost", () => {
  const places = [[1, 1], [9, 9], [11, 1], [-1, 1]];
  const crowds = problemPoints.crowds(places, 10);
  assert.deepStrictEqual(crowds.map((crowd) => crowd.members), [[0, 1], [2], [3]]);
  assert.deepStrictEqual([crowds[0].x, crowds[0].y], [5, 5]);
});

test("choosing a problem keeps the other conditions of the link", () => {
  assert.strictEqual(problems.withWord("deadline:overdue;problem:a", "problem", "b"), "deadline:overdue;problem:b");
  assert.strictEqual(problems.withWord("problem:a", "problem", ""), null);
  assert.strictEqual(problems.withWord(null, "text", "a:b,c;d%"), "text:a%3Ab%2Cc%3Bd%25");
});

test("two days become the span of the stage flow once the first lies before the second", () => {
  assert.strictEqual(problems.spanOf("cross=a*b.flow=@", ["2024-01-01", "2024-06-30"]), "cross=a*b.flow=2024-01-01*2024-06-30");
  assert.strictEqual(problems.spanOf("flow=@", ["2024-06-30", "2024-01-01"]), null);
  assert.strictEqual(problems.spanOf("flow=@", ["", "2024-01-01"]), null);
});

test("the ledger asks again when the list changes and not when a problem of it is chosen", () => {
  const selection = { area: "1", filter: "deadline:overdue", lang: "en", today: null };
  const chosen = { ...selection, filter: "deadline:overdue;problem:a" };
  assert.strictEqual(problems.listed(selection), problems.listed(chosen));
  assert.notStrictEqual(problems.listed(selection), problems.listed({ ...selection, today: "2025-01-01" }));
});

test("nobody waits for a ledger that no view shows, and one that is shown begins anew", () => {
  const { refresh } = globalThis.dash_clientside.problems;
  const done = [];
  const grid = { getDisplayedRowCount: () => 1, ensureIndexVisible: (row) => done.push(row), purgeInfiniteCache: () => done.push("purged") };
  const library = (getApi) => ({ getApi, getApiAsync: () => assert.fail("waits") });
  globalThis.dash_ag_grid = library(() => { throw new Error("no grid found"); });
  refresh({ area: "1" }, null);
  globalThis.dash_ag_grid = library(() => grid);
  refresh({ area: "2" }, null);
  refresh({ area: "2" }, null);
  assert.deepStrictEqual(done, [0, "purged"]);
});

test("a crowd steps off the name of an area, but never onto another crowd", () => {
  const crowd = (x, y) => ({ x, y, members: [0, 1, 2] });
  const name = [0, 90, 60, 110];
  const [moved] = problemPoints.besideNames([crowd(30, 103)], [name], () => 12);
  assert.ok(moved.y > 110 && moved.x === 30);
  const [up] = problemPoints.besideNames([crowd(30, 101), crowd(30, 126)], [name], () => 12);
  assert.ok(up.y < 90);
  const [stays] = problemPoints.besideNames([crowd(30, 100), crowd(30, 75), crowd(30, 125)], [name], () => 12);
  assert.strictEqual(stays.y, 100);
});

test("crowds whose rings would cover a number become one, and no point is lost", () => {
  const crowd = (x, members) => ({ x, y: 0, members });
  const found = problemPoints.merged([crowd(0, [0, 1]), crowd(12, [2, 3]), crowd(60, [4, 5]), crowd(63, [6])],
    (one) => (one.members.length > 1 ? 10 : 0));
  assert.deepStrictEqual(found.map((one) => one.members).sort(), [[0, 1, 2, 3], [4, 5], [6]]);
  assert.strictEqual(found[0].x, 6);
});

test("a name that no crowd could step off finds a free place beside the numbers, or gives way to them", () => {
  const crowd = (x, y) => ({ x, y, members: [0, 1, 2] });
  const name = [0, 92, 60, 108], size = () => 12;
  assert.deepStrictEqual(problemPoints.besideCrowds([name], [crowd(30, 150)], size), [[0, 0]]);
  const [step] = problemPoints.besideCrowds([name], [crowd(30, 104), crowd(30, 124)], size);
  assert.ok(step[1] < 0, "up, since another crowd stands below");
  const wall = Array.from({ length: 441 }, (_, place) => crowd(-100 + (place % 21) * 12, (place / 21) * 12));
  assert.deepStrictEqual(problemPoints.besideCrowds([name], wall, size), [null]);
});
