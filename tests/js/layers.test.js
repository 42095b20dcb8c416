// The layers of the link, the search of the catalogue, what a click hits, what a drawing says.
"use strict";
const assert = require("node:assert");
const test = require("node:test");
globalThis.Path2D = class {};
["map_camera", "layer_state", "layer_catalogue", "layer_menu", "layer_tiles", "layer_vector", "layer_draw"].forEach((name) => require(`../../assets/js/${name}.js`));
const { camera, layerState, layerCatalogue, layerMenu, layerVector, layerDraw, layerTiles } = globalThis.cityvitals;
const layer = (code, changes = {}) => ({ code, opacity: 100, hidden: false, focus: false, measure: null, ...changes });

test("the link says what the server reads", () => {
  const state = [layer("a~b,c", { opacity: 80, hidden: true }), layer("路", { focus: true, measure: "density" }), layer("x")];
  assert.strictEqual(layerState.write(state), "a%7Eb%2Cc~80h,%E8%B7%AF~fd,x");
  assert.strictEqual(layerState.write([]), null);
});

test("a new layer comes on top and into focus; a second click takes it away", () => {
  const one = layerState.toggled([layer("a", { focus: true })], "b");
  assert.deepStrictEqual(one.map(({ code, focus }) => [code, focus]), [["b", true], ["a", false]]);
  assert.deepStrictEqual(layerState.toggled(one, "b").map(({ code }) => code), ["a"]);
});

test("layers change places", () => {
  const state = ["a", "b", "c"].map((code) => layer(code));
  assert.deepStrictEqual(layerState.moved(state, "c", 0).map(({ code }) => code), ["c", "a", "b"]);
  assert.deepStrictEqual(layerState.moved(state, "a", 1).map(({ code }) => code), ["b", "a", "c"]);
});

test("only one layer colours the areas, only one has the focus", () => {
  const state = layerState.changed([layer("a", { measure: "count", focus: true }), layer("b")], "b", { measure: "length", focus: true });
  assert.deepStrictEqual(state.map(({ measure }) => measure), ["count", "length"].map((word, n) => (n ? word : state[0].measure)));
  assert.deepStrictEqual(state.map(({ focus }) => focus), [false, true]);
});

test("every word of a search must be found, in any form", () => {
  const found = "hospital 医疗卫生机构 hospitals and clinics ylwsjg yiliaoweishengjigou 公共服务";
  assert.ok(layerCatalogue.matches(found, "ylws"));
  assert.ok(layerCatalogue.matches(found, "医疗 公共"));
  assert.ok(layerCatalogue.matches(found, "Clinics"));
  assert.ok(!layerCatalogue.matches(found, "医疗 学校"));
});

test("a click hits areas inside their holes' edges, lines and points within reach", () => {
  const ring = Float32Array.from([0, 0, 100, 0, 100, 100, 0, 100]), hole = Float32Array.from([40, 40, 60, 40, 60, 60, 40, 60]);
  const area = { type: 3, lines: [ring, hole] }, line = { type: 2, lines: [Float32Array.from([0, 0, 100, 0])] };
  assert.ok(layerVector.isAt(area, 20, 20, 1));
  assert.ok(!layerVector.isAt(area, 50, 50, 1));
  assert.ok(layerVector.isAt(line, 50, 4, 5));
  assert.ok(!layerVector.isAt(line, 50, 6, 5));
  assert.ok(layerVector.isAt({ type: 1, lines: [Float32Array.from([10, 10])] }, 12, 12, 3));
});

test("a tile without features is an empty tile", () => {
  assert.deepStrictEqual(layerTiles.read({ layers: {} }), { extent: 4096, features: [] });
});

test("a drawing says number, measure and density with their units", () => {
  const words = {
    within: "in: {said}", within_none: "none", measure_count: "count", measure_length: "length", measure_density: "density",
    unit_count: "n", unit_length: "km", unit_density_length: "km/km²",
  };
  layerDraw.tell({ words, locale: "en" });
  assert.strictEqual(layerDraw.sentence({ kind: "lines", count: 2, length_km: 3, drawn_km2: 2 }, words), "in: count 2 n · length 3 km · density 1.5 km/km²");
  assert.strictEqual(layerDraw.sentence({ kind: null, count: 0 }, words), "none");
});

test("the camera stands in the link beside everything else, and goes with the place it shows", () => {
  const moved = camera.write("?area=01&view=layers&layers=a~f", { lng: 117.123456, lat: 32.5, zoom: 12.3456 });
  assert.strictEqual(moved, "?area=01&view=layers&layers=a~f&cam=117.12346,32.50000,12.35");
  assert.deepStrictEqual(camera.read(moved), { lng: 117.12346, lat: 32.5, zoom: 12.35 });
  assert.strictEqual(camera.write(moved, null), "?area=01&view=layers&layers=a~f");
  assert.strictEqual(camera.carry(moved, "?area=01&view=layers&layers=b", false), "?area=01&view=layers&layers=b&cam=117.12346,32.50000,12.35");
  assert.strictEqual(camera.carry(moved, "?area=0101&view=layers", false), "?area=0101&view=layers");
  assert.strictEqual(camera.carry("?view=layers&cam=117,32,12", "?area=01&view=layers", true), "?area=01&view=layers&cam=117.00000,32.00000,12.00");
  ["?cam=1,2", "?cam=a,b,c", "?cam=999,0,5", "?cam=1,2,99", "", "?cam=,,"].forEach((broken) => assert.strictEqual(camera.read(broken), null));
});

test("a menu finds any layer of the catalogue that can be drawn", () => {
  const layers = [...Array(1400).keys()].map((n) => ({ code: `l${n}`, kind: n % 7 ? "file" : "tiles3d", found: `图层${n} tc${n} layer ${n}` }));
  assert.deepStrictEqual(layerMenu.found(layers, "tc1399").map(({ code }) => code), ["l1399"]);
  assert.deepStrictEqual(layerMenu.found(layers, "tc1393 layer"), []);
  assert.strictEqual(layerMenu.found(layers, "图层").length, 60);
});

test("a change that comes before the answer to the one before builds on it", () => {
  const said = [];
  globalThis.dash_clientside.set_props = (id, props) => said.push(props.data.layers);
  layerState.shown([layer("a"), layer("b")]);
  layerState.pick(layerState.moved(layerState.now(), "b", 0));
  layerState.pick(layerState.changed(layerState.now(), "a", { opacity: 95 }));
  assert.deepStrictEqual(said, ["b,a", "b,a~95"]);
});
