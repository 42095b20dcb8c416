// Whether the server and its database are there, and whether they have something new.
// One question at a time, each with a time limit; slower after failures, never slower than MOST_S.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const CALM_S = 15;
  const SETTLED_MS = 1200;
  const STARTING_S = 4;
  const FIRST_S = 2;
  const MOST_S = 8;
  const TIMEOUT_MS = 4000;
  const CALLBACK_TIMEOUT_MS = 15000;
  const AWAY = new Set([502, 503, 504]);
  const state = { known: null, failures: 0, timer: null, asking: false, lastGood: new Date(), stale: false };

  // Seconds until the next question; calm: of an installation's own pace.
  function pause(failures, calm) {
    return failures ? Math.min(FIRST_S * Math.pow(2, failures - 1), MOST_S) : calm || CALM_S;
  }

  // What an answer means: "same", "first", "data" (ask the panels again) or "build" (load the page again).
  function meaning(known, answer, stale) {
    if (!known) return stale ? "data" : "first";
    if (known.build !== answer.build) return "build";
    return known.data_version !== answer.data_version || stale ? "data" : "same";
  }

  // The sentence of a banner in the page's language, with the time of the figures on screen.
  function sentence(dataset, name, lang, time) {
    const key = name + lang.toLowerCase().split("-").map((p) => p[0].toUpperCase() + p.slice(1)).join("");
    return (dataset[key] || "").replace("{time}", time);
  }

  function say(name) {
    const banner = document.getElementById("connection");
    if (!banner) return;
    banner.hidden = !name;
    if (!name) return;
    const said = [name, ...(name === "updated" || !hasFigures() ? [] : ["figures"])];
    const time = cityvitals.clock.time(state.lastGood, document.getElementById("clock").dataset.timezone);
    const lang = document.documentElement.lang || "zh-CN";
    banner.replaceChildren(...said.map((part) => Object.assign(document.createElement("span"), { textContent: sentence(banner.dataset, part, lang, time) })));
  }

  // A page that was opened while the server or the database was away shows nothing yet.
  function hasFigures() {
    return document.querySelector("main [data-markup]") !== null;
  }

  // One slow answer is no lost connection: the banner comes with the second.
  function failed(name) {
    state.failures += 1;
    state.stale = true;
    if (state.failures > 1) say(name);
  }

  function answered(answer) {
    const what = meaning(state.known, answer, state.stale || hasFault());
    Object.assign(state, { known: answer, failures: 0, stale: false, lastGood: new Date() });
    say(what === "build" ? "updated" : null);
    if (what === "build" || isIncomplete()) globalThis.location.reload();
    if (what === "data") globalThis.setTimeout(renew, SETTLED_MS, answer.data_version);
  }

  // All panels are asked again. A worker looks for a new version once a second, and not every one has seen it yet.
  function renew(version) {
    cityvitals.recall.forget();
    cityvitals.answers.forget();
    dash.set_props("fresh", { data: { version: version, at: Date.now() } });
  }

  // A page whose scripts did not all come, because the server went away in between, stays empty for ever.
  function isIncomplete() {
    const failed = (entry) => entry.initiatorType === "script" && (entry.responseStatus === 0 || entry.responseStatus >= 400);
    return !document.querySelector(".screen") && performance.getEntriesByType("resource").some(failed);
  }

  // A panel that could not be drawn says so (callbacks/faults.py); it is asked for again.
  function hasFault() {
    return document.querySelector("[data-fault]") !== null;
  }

  async function ask() {
    if (state.asking) return;
    state.asking = true;
    try {
      const response = await fetch("version", { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
      if (response.ok) answered(await response.json());
      else failed(response.status === 503 ? "database" : "lost");
    } catch (_) {
      failed("lost");
    }
    state.asking = false;
    wait(pause(state.failures, Number(document.getElementById("connection")?.dataset.refreshS ?? STARTING_S)));
  }

  function wait(seconds) {
    globalThis.clearTimeout(state.timer);
    state.timer = globalThis.setTimeout(ask, 1000 * seconds);
  }

  // Callbacks never hang for ever, and one that fails makes us look at the connection at once. To Dash a server that
  // cannot be reached is one that is not available: a fetch that throws would end as an error of the page.
  function watchCallbacks() {
    const plain = globalThis.fetch.bind(globalThis);
    globalThis.fetch = async function (resource, options) {
      if (!String(resource && resource.url ? resource.url : resource).includes("_dash-update-component")) {
        return plain(resource, options);
      }
      try {
        const limited = Object.assign({}, options, { signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS) });
        const response = await cityvitals.answers.answer(options, () => plain(resource, limited));
        if (AWAY.has(response.status)) stumble();
        return response;
      } catch (_) {
        stumble();
        return new Response("", { status: 503, statusText: "no answer" });
      }
    };
  }

  function stumble() {
    state.stale = true;
    if (!state.failures) wait(FIRST_S);
  }

  if (globalThis.document) {
    watchCallbacks();
    wait(1);
    globalThis.addEventListener("online", () => wait(0));
    globalThis.addEventListener("offline", () => wait(0));
  }
  cityvitals.connection = { pause: pause, meaning: meaning, answered: answered, sentence: sentence };
})();
