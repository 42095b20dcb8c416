"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { cityvitals } = require("./area_file.js");
const { floats, statuses, ranks } = cityvitals.areaValues;
const { number, fill, verdict, lines, card } = cityvitals.areaText;

const [VALID, SUSPECT, NOT_COLLECTED] = [0, 2, 4];

function packed(values) {
  return { type: "f4", scale: 1, data: Buffer.from(Float32Array.from(values).buffer).toString("base64") };
}

function payload(changes = {}) {
  return {
    values: packed([10, 30, 20, NaN, 99]), status: [VALID, 3, NOT_COLLECTED, 1, SUSPECT, 1], language: "zh",
    direction: "higher_better", format: { decimals: 1, unit: "%", locale: "zh-CN" }, previous_period: "2023",
    classes: { bounds: [15], colours: ["#000001", "#000002"] },
    colours: { missing: { not_collected: { colour: "#000003" }, suspect: { colour: "#000004" }, none: { colour: "#000005" } } },
    words: { rank: "第 {rank} / {count} 位", change: "{change} 较 {period}", not_collected: "未采集", suspect: "存疑", recorded: "实录",
      rolled_up: "{contributing}/{children}", contains_estimated: "含估算值" },
    ...changes,
  };
}

const AREAS = { names: { names_zh: ["甲", "乙", "丙", "丁", "戊"] } };

function said(changes, area) {
  return Object.fromEntries(lines(cityvitals.areaShown(payload(changes), AREAS), area));
}

test("values travel as they are, missing ones as NaN", () => {
  const found = floats(packed([1.5, NaN, -3]));
  assert.deepEqual([...found], [1.5, NaN, -3]);
});

test("values with few digits travel in two bytes and come back in single precision", () => {
  const data = Buffer.from(Int16Array.from([853, -32768, -7]).buffer).toString("base64");
  assert.deepEqual([...floats({ type: "i2", scale: 10, data })], [Math.fround(85.3), NaN, Math.fround(-0.7)]);
});

test("runs of statuses become one status per area", () => {
  assert.deepEqual([...statuses([0, 2, 4, 1, 0, 1], 4)], [0, 0, 4, 0]);
});

test("the best is first by the direction of good, and suspect or missing values have no rank", () => {
  const values = Float32Array.from([10, 30, 20, NaN, 99]), status = Uint8Array.from([0, 0, 0, 4, 2]);
  assert.deepEqual([...ranks(values, status, "higher_better").ranks], [3, 1, 2, 0, 0]);
  assert.deepEqual([...ranks(values, status, "lower_better").ranks], [1, 3, 2, 0, 0]);
  assert.equal(ranks(values, status, "neutral").count, 3);
});

test("equal values share the better rank", () => {
  const same = ranks(Float32Array.from([5, 7, 7, 1]), new Uint8Array(4), "higher_better");
  assert.deepEqual([...same.ranks], [3, 1, 1, 4]);
});

test("classed areas get their class's colour, the others that of their reason", () => {
  const { colours } = cityvitals.areaShown(payload(), AREAS);
  const blue = Array.from({ length: 5 }, (_, area) => (colours[(area + 1) * 8] >> 16) & 0xff);
  assert.deepEqual(blue, [1, 2, 2, 3, 4]);
});

test("the card says name, value, unit and rank", () => {
  const card = said({}, 1);
  assert.equal(card.name, "乙");
  assert.equal(card.value, "30.0");
  assert.equal(card.unit, "%");
  assert.equal(card.rank, "第 1 / 3 位");
});

test("a missing value says why and has neither unit nor rank", () => {
  const card = said({}, 3);
  assert.deepEqual([card.value, card.unit, card.status, card.rank], ["—", "", "未采集", undefined]);
});

test("a change is coloured by the direction of good, not by its sign", () => {
  const previous = packed([12, 25, 20, 5, 5]);
  assert.equal(said({ previous }, 0)["change bad"], "▼ −2.0 较 2023");
  assert.equal(said({ previous, direction: "lower_better" }, 0)["change good"], "▼ −2.0 较 2023");
  assert.equal(verdict(5, "range"), "neutral");
  assert.equal(verdict(0, "higher_better"), "neutral");
});

test("a rolled-up value says how much of it is there and what it contains", () => {
  const details = { origin: [2, 1, 0, 0, 0], coverage: { 0: [3, 4] }, marks: { contains_estimated: [0] } };
  assert.equal(said(details, 0).origin, "3/4");
  assert.equal(said(details, 0).mark, "含估算值");
  assert.equal(said(details, 1).origin, "实录");
});

test("of very many areas the card says what was asked for about the one", () => {
  const shown = cityvitals.areaShown(payload(), AREAS);
  const before = Object.fromEntries(lines(shown, 0));
  assert.deepEqual([before.origin, before["change bad"]], [undefined, undefined]);
  shown.told.set(0, { origin: 2, coverage: [3, 4], marks: ["contains_estimated"], previous: 12 });
  const after = Object.fromEntries(lines(shown, 0));
  assert.deepEqual([after.origin, after.mark, after["change bad"]], ["3/4", "含估算值", "▼ −2.0 较 2023"]);
});

test("a number is written with its sign only where it is a change", () => {
  const format = { decimals: 0, locale: "zh-CN" };
  assert.equal(number(1234, format), "1,234");
  assert.equal(number(5, format, true), "+5");
  assert.equal(number(0, format, true), "0");
  assert.equal(number(NaN, format), "—");
});

test("a hostile name stays a text", () => {
  const made = [];
  globalThis.document = { createElement: () => made[made.push({}) - 1] };
  const shown = [];
  card({ replaceChildren: (...rows) => shown.push(...rows) }, [["name", "<img src=x onerror=alert(1)>"]]);
  delete globalThis.document;
  assert.deepEqual(shown, [{ className: "area-card-name", textContent: "<img src=x onerror=alert(1)>" }]);
});

test("words in braces are filled in", () => {
  assert.equal(fill("{a} of {b}", { a: 1, b: 2 }), "1 of 2");
});

test("a play ends with the last period", () => {
  assert.deepEqual([0, 1, 2].map((at) => cityvitals.areaTimeline.next(at, 3)), [1, 2, -1]);
});
