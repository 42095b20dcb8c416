// The time slider under the map: the other periods are fetched when it is first touched, then every step is instant.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const ID = "map-timeline";
  const STEP_MS = 900;
  const REST_MS = 350;
  const state = { payload: null, frames: null, wanted: null, at: 0, playing: null, resting: null, parts: null };

  function set(id, data) {
    globalThis.dash_clientside.set_props(id, { data });
  }

  function key(payload) {
    return [payload.indicator, payload.geometry.url].join(" ");
  }

  function want() {
    const { payload } = state;
    if (!payload || state.wanted === key(payload)) return;
    state.wanted = key(payload);
    set("map-frames-wanted", { seq: Date.now() });
  }

  // What the server answered, unless the screen has moved on since.
  function keep(answer) {
    const { payload } = state;
    const fits = answer && payload && answer.indicator === payload.indicator && payload.geometry.url.includes(answer.digest);
    state.frames = fits ? answer.frames : null;
  }

  // The next step of a play through `count` periods; it ends with the last.
  function next(at, count) {
    return at + 1 < count ? at + 1 : -1;
  }

  function choose() {
    const period = state.payload.periods[state.at][0];
    if (period !== state.payload.period) set("pick", { period, seq: Date.now() });
  }

  function move(at, hold) {
    state.at = at;
    const [period, label] = state.payload.periods[at];
    state.parts.range.value = at;
    state.parts.range.setAttribute("aria-valuetext", label);
    state.parts.now.textContent = label;
    const frame = state.frames && state.frames[period];
    if (frame) cityvitals.map.recolour({ ...frame, period, previous: null });
    clearTimeout(state.resting);
    if (!hold) state.resting = setTimeout(choose, frame ? REST_MS : 0);
  }

  function stop() {
    clearInterval(state.playing);
    state.playing = null;
    state.parts.play.setAttribute("aria-pressed", "false");
    state.parts.play.setAttribute("aria-label", state.payload.words.play);
  }

  function step() {
    const at = next(state.at, state.payload.periods.length);
    if (at < 0) {
      stop();
      return choose();
    }
    return move(at, Boolean(state.frames));
  }

  function toggle() {
    if (state.playing) {
      stop();
      return choose();
    }
    want();
    if (state.at === state.payload.periods.length - 1) move(0, true);
    state.playing = setInterval(step, STEP_MS);
    state.parts.play.setAttribute("aria-pressed", "true");
    return state.parts.play.setAttribute("aria-label", state.payload.words.pause);
  }

  function part(root, tag, name) {
    const element = document.createElement(tag);
    element.className = "timeline-" + name;
    root.appendChild(element);
    return element;
  }

  function build(root) {
    const play = part(root, "button", "play"), first = part(root, "span", "first");
    const range = part(root, "input", "range"), now = part(root, "span", "now");
    play.type = "button";
    range.type = "range";
    range.step = 1;
    play.addEventListener("click", toggle);
    range.addEventListener("input", () => {
      if (state.playing) stop();
      move(Number(range.value), false);
    });
    for (const event of ["pointerenter", "focusin"]) root.addEventListener(event, want);
    return { play, first, range, now };
  }

  function show(payload) {
    const root = document.getElementById(ID);
    if (!root) return;
    if (!root.firstChild) state.parts = build(root);
    if (state.payload && key(state.payload) !== key(payload)) state.frames = null;
    state.payload = payload;
    root.hidden = payload.periods.length < 2 || payload.change;
    const at = payload.periods.findIndex(([period]) => period === payload.period);
    if (root.hidden || at < 0) return;
    const { range, first, now, play } = state.parts;
    range.max = payload.periods.length - 1;
    range.setAttribute("aria-label", payload.words.timeline);
    if (!state.playing) play.setAttribute("aria-label", payload.words.play);
    first.textContent = payload.periods[0][1] + " —";
    now.textContent = payload.periods[at][1];
    range.value = state.at = at;
  }

  cityvitals.areaTimeline = { show, keep, next };
})();
