// The layers of the link: `roads~80f,park,water~h`, the uppermost first (layouts/layers/state.py says what it means).
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const LETTERS = { count: "n", length: "l", area: "a", density: "d" };
  const MOST = 20;
  let picks = 0;
  let wished = []; // what is shown, or was asked for since: a quick second change builds on the first

  function entry(layer) {
    const code = encodeURIComponent(layer.code).replace(/~/g, "%7E");
    const flags = (layer.opacity === 100 ? "" : layer.opacity) + (layer.hidden ? "h" : "") + (layer.focus ? "f" : "") +
      (LETTERS[layer.measure] || "");
    return flags ? code + "~" + flags : code;
  }

  function write(state) {
    return state.map(entry).join(",") || null;
  }

  // Shown on top and in focus, or taken away.
  function toggled(state, code) {
    if (state.some((layer) => layer.code === code)) return state.filter((layer) => layer.code !== code);
    const rest = state.map((layer) => ({ ...layer, focus: false }));
    return [{ code, opacity: 100, hidden: false, focus: true, measure: null }, ...rest].slice(0, MOST);
  }

  function changed(state, code, changes) {
    const others = "focus" in changes ? { focus: false } : changes.measure ? { measure: null } : {};
    return state.map((layer) => ({ ...layer, ...(layer.code === code ? changes : others) }));
  }

  // The layer at another place of the stack.
  function moved(state, code, place) {
    const layer = state.find((one) => one.code === code), rest = state.filter((one) => one.code !== code);
    return [...rest.slice(0, place), layer, ...rest.slice(place)];
  }

  function shown(state) {
    wished = state;
  }

  function pick(state) {
    picks += 1;
    wished = state;
    dash.set_props("pick", { data: { layers: write(state), seq: "layers" + picks } });
  }

  cityvitals.layerState = { write, toggled, changed, moved, shown, pick, now: () => wished };
})();
