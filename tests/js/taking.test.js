// Long exports tell how far they are; files are named after what they hold.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { load } = require("./shell_file.js");

test("an export is never done before its last piece", function () {
  const { longTables } = load("taking_long.js");
  assert.equal(longTables.share(0, 1000), 0);
  assert.equal(longTables.share(505, 1000), 50);
  assert.equal(longTables.share(1000, 1000), 99);
  assert.equal(longTables.share(10, 0), 0);
});

test("lines are counted in bytes, whatever the letters", function () {
  const { longTables } = load("taking_long.js");
  assert.equal(longTables.lines(new TextEncoder().encode("城\n区\n市")), 2);
});
