"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { cityvitals, written, areasOf, square } = require("./area_file.js");

const [AROUND, ENCLAVE, EAST, UNDRAWN] = [0, 1, 2, 3];
const { rasterise, tileView } = cityvitals.areaRaster;

function view(width, height, scale = 1) {
  return { scale, x: 0, y: 0, width, height };
}

function counts(raster) {
  const found = new Map();
  for (const number of raster) found.set(number, (found.get(number) || 0) + 1);
  return found;
}

test("the file the server wrote names its areas and keeps the one without boundary", () => {
  const areas = cityvitals.decodeAreas(written());
  assert.deepEqual(areas.names.codes, ["around", "enclave", "east", "undrawn"]);
  assert.equal(areas.count, 4);
  assert.ok(areas.areaBoxes[UNDRAWN * 4] > areas.areaBoxes[UNDRAWN * 4 + 2]);
});

test("every arc parts two areas, or one from the outside", () => {
  const areas = cityvitals.decodeAreas(written());
  const pairs = Array.from({ length: areas.sides.length / 2 }, (_, arc) => [...areas.sides.slice(2 * arc, 2 * arc + 2)].join());
  assert.deepEqual(pairs.sort(), [`${AROUND},${ENCLAVE}`, `${AROUND},-1`, `${AROUND},${EAST}`, `${EAST},-1`].sort());
});

test("something else than an area file is refused", () => {
  assert.throws(() => cityvitals.decodeAreas(new TextEncoder().encode("<html>".repeat(20)).buffer), /not an area file/);
});

test("the enclave fills the hole of the area around it, without gap or overlap", () => {
  const areas = cityvitals.decodeAreas(written());
  const [west, , east, north] = cityvitals.areaPlaces.box(areas);
  const world = (300 / (east - west)) * 2 * Math.PI * 6378137;
  const left = ((west + Math.PI * 6378137) / (2 * Math.PI * 6378137)) * world;
  const top = ((Math.PI * 6378137 - north) / (2 * Math.PI * 6378137)) * world;
  const found = counts(rasterise(areas, tileView(areas, world, left, top, 300, 208)));
  assert.equal(found.get(UNDRAWN + 1), undefined);
  assert.ok(Math.abs(found.get(ENCLAVE + 1) / (found.get(AROUND + 1) + found.get(ENCLAVE + 1)) - 1 / 9) < 0.005);
  assert.equal(found.get(0) || 0, 0);
});

test("a pixel belongs to the area its middle lies in", () => {
  const raster = rasterise(areasOf([square(1, 1, 2), square(3, 1, 2)]), view(6, 4));
  assert.deepEqual([...raster], [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0]);
});

test("an area that reaches beyond the tile on all sides fills it", () => {
  const raster = rasterise(areasOf([square(-50, -50, 200)]), view(8, 8));
  assert.deepEqual(counts(raster), new Map([[1, 64]]));
});

test("a tile that no area reaches has no raster", () => {
  assert.equal(rasterise(areasOf([square(100, 100, 5)]), view(8, 8)), null);
});

test("more than 65,534 areas get numbers of 32 bits", () => {
  const areas = areasOf([square(0, 0, 4)]);
  assert.ok(rasterise(areas, view(4, 4)) instanceof Uint16Array);
  const many = { ...areas, count: 70000, areaBoxes: new Int32Array(70000 * 4).fill(9999) };
  many.areaBoxes.set([0, 0, 4, 4]);
  assert.ok(rasterise(many, view(4, 4)) instanceof Uint32Array);
});

test("neighbouring tiles continue each other", () => {
  const areas = areasOf([[[1, 0], [13, 3], [9, 15], [2, 11]]]);
  const whole = rasterise(areas, view(16, 16));
  for (let column = 0; column < 2; column++) {
    for (let row = 0; row < 2; row++) {
      const tile = rasterise(areas, { scale: 1, x: -8 * column, y: -8 * row, width: 8, height: 8 });
      for (let i = 0; i < 64; i++) {
        assert.equal(tile[i], whole[(row * 8 + (i >> 3)) * 16 + column * 8 + (i & 7)]);
      }
    }
  }
});

test("a border is inner between siblings, of a group between cousins, outer at the rim", () => {
  const areas = cityvitals.decodeAreas(written());
  const kinds = cityvitals.areaBorders.borderKinds(areas, [0, 0, 1, 1]);
  const kindOf = (one, other) => {
    const arc = kinds.findIndex((_, at) => areas.sides[2 * at] === one && areas.sides[2 * at + 1] === other);
    return kinds[arc];
  };
  assert.deepEqual([kindOf(AROUND, ENCLAVE), kindOf(AROUND, EAST), kindOf(EAST, -1)], [0, 1, 2]);
});

test("borders give way where areas become too small for them", () => {
  const { innerWidth } = cityvitals.areaBorders;
  assert.equal(innerWidth(3), 0);
  assert.ok(innerWidth(8) < innerWidth(20));
  assert.equal(innerWidth(300), 1);
});
