"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { load } = require("./shell_file.js");

const { address, pick, explain, clock, screen, connection, recall, answers } = [
  "shell_address.js", "shell_pick.js", "shell_explain.js", "shell_clock.js", "shell_screen.js", "shell_connection.js", "shell_recall.js",
  "shell_answers.js",
].reduce((_, name) => load(name), null);

test("a click adds to the history, a link that was filled in replaces its own entry", () => {
  assert.equal(address.step({ search: "?area=1", replace: false }, ""), "push");
  assert.equal(address.step({ search: "?area=1", replace: true }, ""), "replace");
  assert.equal(address.step({ search: "?area=1", replace: false }, "?area=1"), "none");
});

test("going back to the same link twice is two visits", () => {
  assert.notDeepEqual(address.link("?area=1"), address.link("?area=1"));
});

test("the page is laid out anew only for another view, another language or the first data", () => {
  const { frame } = globalThis.dash_clientside.address;
  globalThis.dash_component_api = { getLayout: () => undefined };
  const shown = frame({ view: "overview", lang: "en", area: "1" }, null);
  assert.deepEqual(shown, { view: "overview", lang: "en", empty: false });
  assert.equal(frame({ view: "overview", lang: "en", area: "2" }, shown), globalThis.dash_clientside.no_update);
  assert.deepEqual(frame({ view: "overview", lang: "en", area: null }, shown).empty, true);
});

test("the same button pressed twice is two picks", () => {
  const first = pick.read('{"area": "1"}');
  const second = pick.read('{"area": "1"}');
  assert.equal(first.area, second.area);
  assert.notEqual(first.seq, second.seq);
});

test("arrow keys go through the search results and round", () => {
  assert.equal(pick.neighbour(3, -1, "ArrowDown"), 0);
  assert.equal(pick.neighbour(3, 2, "ArrowDown"), 0);
  assert.equal(pick.neighbour(3, 0, "ArrowUp"), 2);
  assert.equal(pick.neighbour(0, -1, "ArrowDown"), -1);
  assert.equal(pick.neighbour(3, 0, "a"), -1);
});

test("an explanation stays on the screen: below its number, above where there is no room", () => {
  const window = { width: 1000, height: 600 };
  const card = { width: 300, height: 200 };
  assert.deepEqual(explain.place({ left: 50, top: 80, bottom: 100 }, card, window), { left: 50, top: 108 });
  assert.deepEqual(explain.place({ left: 950, top: 500, bottom: 520 }, card, window), { left: 692, top: 292 });
});

test("the clock shows the installation's time, not the browser's", () => {
  assert.equal(clock.time(new Date("2024-05-01T00:05:00Z"), "Asia/Shanghai"), "08:05");
});

test("charts learn the height of small text in pixels", () => {
  assert.equal(screen.pixels("1rem", "28px"), 28);
  assert.equal(screen.pixels("0.8125rem", "16px"), 13);
});

test("failures make the page ask again soon, then less often, and within 15 seconds of the last", () => {
  const pauses = [1, 2, 3, 4, 5].map(connection.pause);
  assert.deepEqual(pauses, [2, 4, 8, 8, 8]);
  assert.ok(Math.max(...pauses) + 4 <= 15);
});

test("new data and a recovered connection make the panels ask again, a new build loads the page again", () => {
  const known = { build: "a", data_version: 1 };
  assert.equal(connection.meaning(null, known, false), "first");
  assert.equal(connection.meaning(known, { build: "a", data_version: 1 }, false), "same");
  assert.equal(connection.meaning(known, { build: "a", data_version: 2 }, false), "data");
  assert.equal(connection.meaning(known, { build: "a", data_version: 1 }, true), "data");
  assert.equal(connection.meaning(known, { build: "b", data_version: 1 }, false), "build");
});

test("the banner speaks the page's language and says of when the figures are", () => {
  const dataset = { lostZhCn: "屏上为 {time} 的数据", lostEn: "figures of {time}" };
  assert.equal(connection.sentence(dataset, "lost", "zh-CN", "14:32"), "屏上为 14:32 的数据");
  assert.equal(connection.sentence(dataset, "lost", "en", "14:32"), "figures of 14:32");
});

test("where a click leads is known from the link it makes: another area drops what belongs to the one before", () => {
  const { changed } = recall;
  const search = "?area=1&ind=a&period=2024&level=community&cam=1,2,3&theme=light";
  assert.equal(changed(search, { area: "2" }), "?area=2&ind=a&period=2024&theme=light");
  assert.equal(changed(search, { area: "1" }), search.replaceAll(",", "%2C"));
  assert.equal(changed("?area=1", { indicator: "b" }), "?area=1&ind=b");
  assert.equal(changed("?area=1", { climb: true }), null);
});

test("a link that the server has answered is shown without asking it again, until the data change", () => {
  const said = [];
  globalThis.dash_clientside.set_props = (id, props) => said.push([id, props.data]);
  globalThis.dash_component_api = { getLayout: (id) => (id.view === "overview" ? { props: {} } : undefined) };
  const selection = { area: "1", indicator: "a", view: "overview" };
  recall.keep({ search: "?area=1&ind=a", title: "t" }, selection);
  assert.equal(recall.show("?ind=a&area=1&cam=1,2,3", true), true);
  assert.deepEqual(said, [
    ["selection", selection],
    [{ type: "selection", view: "overview" }, selection], // the page's own: its panels are asked for at once
    ["address", { search: "?area=1&ind=a", title: "t", replace: true }],
  ]);
  assert.equal(recall.show("?area=2&ind=a", true), false);
  recall.forget();
  assert.equal(recall.show("?area=1&ind=a", true), false);
});

function asked(area, changed) {
  const body = JSON.stringify({ output: "panel", inputs: [{ id: "selection", value: area }], changedPropIds: [changed] });
  return { method: "POST", body: body };
}

function server(status, control) {
  const said = { times: 0 };
  said.ask = async () => {
    said.times += 1;
    return new Response(`{"answer": ${said.times}}`, { status: status, headers: control ? { "Cache-Control": control } : {} });
  };
  return said;
}

test("a panel that holds is asked for once, whatever made the page ask", async () => {
  const { ask } = server(200, "private, max-age=60");
  answers.forget();
  assert.deepEqual(await (await answers.answer(asked("1", "selection"), ask)).json(), { answer: 1 });
  assert.deepEqual(await (await answers.answer(asked("1", "fresh"), ask)).json(), { answer: 1 });
  assert.deepEqual(await (await answers.answer(asked("2", "selection"), ask)).json(), { answer: 2 });
  answers.forget();
  assert.deepEqual(await (await answers.answer(asked("1", "selection"), ask)).json(), { answer: 3 });
});

test("a fault, an answer that holds for nothing and one whose day is over are asked for again", async () => {
  for (const [status, control] of [[503, "private, max-age=60"], [200, null], [200, "private, max-age=0"]]) {
    const said = server(status, control);
    answers.forget();
    await answers.answer(asked("1", "selection"), said.ask);
    await answers.answer(asked("1", "selection"), said.ask);
    assert.equal(said.times, 2, `${status} ${control}`);
  }
});

test("the oldest answers make room, those asked for lately stay", async () => {
  const long = async () => new Response("x".repeat(3e6), { headers: { "Cache-Control": "max-age=60" } });
  const said = server(200, "max-age=60");
  answers.forget();
  await answers.answer(asked("1", "a"), said.ask);
  await answers.answer(asked("2", "a"), long);
  await answers.answer(asked("3", "a"), long);
  await answers.answer(asked("1", "a"), said.ask);
  await answers.answer(asked("4", "a"), long);
  await answers.answer(asked("1", "a"), said.ask);
  assert.equal(said.times, 1);
  await answers.answer(asked("2", "a"), said.ask);
  assert.equal(said.times, 2);
});

test("the header's controls are written when what they offer changes", () => {
  const { controls } = globalThis.dash_clientside.pick;
  const { no_update: same } = globalThis.dash_clientside;
  const offered = { periods: ["2024", "2023"], period: "2024", period_label: "p", search: "s", views: "v", path: "b" };
  assert.deepEqual(controls(offered), [["2024", "2023"], "2024", "p", "s", "v", "b"]);
  assert.deepEqual(controls({ ...offered }), Array(6).fill(same));
  assert.equal(controls({ ...offered, period: "2023" })[1], "2023");
});

test("panels are asked again only when every worker has had the time to see the new data", (context) => {
  const said = [];
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = { getElementById: () => null, querySelector: () => null };
  globalThis.dash_clientside.set_props = (id, props) => said.push([id, props.data.version]);
  connection.answered({ build: "b", data_version: 1 });
  connection.answered({ build: "b", data_version: 2 });
  context.mock.timers.tick(1000);
  assert.deepEqual(said, []);
  context.mock.timers.tick(500);
  assert.deepEqual(said, [["fresh", 2]]);
  delete globalThis.document;
});
