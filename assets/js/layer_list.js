// The layers shown: order by drag or arrow keys, opacity, legend, hide, remove. What is down says why.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const state = () => cityvitals.layerState;
  let specs = null, panel = null, troubles = {}, dragged = null, refocus = null;
  const categories = {};

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(className, label, act, code) {
    const element = make("button", className);
    element.type = "button";
    element.title = label;
    element.setAttribute("aria-label", label);
    element.addEventListener("click", () => {
      refocus = { code, className };
      act();
    });
    return element;
  }

  function swatch(spec) {
    const sign = make("span", "layer-swatch layer-swatch--" + shape(spec.geometry)), { style } = spec;
    sign.style.setProperty("--layer-colour", style.colour);
    sign.style.setProperty("--layer-fill", String(style.fill));
    return sign;
  }

  function shape(geometry) {
    if (/Line/.test(geometry || "")) return "line";
    return /Point/.test(geometry || "") ? "point" : "area";
  }

  // Categories of a large point layer: each shows or hides its points, without a request.
  function switches(code) {
    const list = make("ul", "layer-legend");
    categories[code].forEach(({ name, count, colour, shape: form }) => {
      const one = button("layer-category", name || specs.words.other, () => {
        refocus.word = name;
        cityvitals.layerMap.switchCategory(code, name);
        draw();
      }, code), sign = make("span", "layer-swatch layer-swatch--point");
      sign.style.setProperty("--layer-colour", colour);
      sign.dataset.form = form;
      one.setAttribute("aria-pressed", String(!cityvitals.layerMap.isHidden(code, name)));
      one.dataset.word = name;
      one.append(sign, make("span", "", name || specs.words.other), make("span", "digits", count.toLocaleString(specs.locale)));
      const line = make("li");
      line.append(one);
      list.append(line);
    });
    return list;
  }

  function legend(spec, code) {
    if (spec.kind === "points") return categories[code] && categories[code].length > 1 ? switches(code) : null;
    const words = Object.entries(spec.style.colours), list = make("ul", "layer-legend");
    words.forEach(([word, colour]) => {
      const line = make("li");
      line.append(swatch({ ...spec, style: { ...spec.style, colour } }), make("span", "", word));
      list.append(line);
    });
    return words.length ? list : null;
  }

  function slider(layer) {
    const range = make("input", "layer-item__opacity");
    Object.assign(range, { type: "range", min: 0, max: 100, step: 5, value: layer.opacity });
    range.setAttribute("aria-label", specs.words.opacity + " " + specs.layers[layer.code].title);
    range.title = specs.words.opacity;
    range.addEventListener("input", () => cityvitals.layerMap.fade(layer.code, range.value / 100));
    range.addEventListener("change", () => {
      refocus = { code: layer.code, className: "layer-item__opacity" };
      state().pick(state().changed(state().now(), layer.code, { opacity: Number(range.value) }));
    });
    return range;
  }

  function note(spec, code) {
    const trouble = troubles[code];
    if (trouble) return make("p", "layer-item__trouble", trouble);
    const zoom = cityvitals.layerMap.zoom();
    return spec.min_zoom && zoom !== null && zoom < spec.min_zoom ? make("p", "quiet layer-item__note", specs.words.from_zoom) : null;
  }

  function item(layer, place) {
    const spec = specs.layers[layer.code], words = specs.words, line = make("li", "layer-item");
    line.dataset.code = layer.code;
    line.classList.toggle("is-off", layer.hidden || Boolean(troubles[layer.code]));
    line.classList.toggle("is-focus", layer.focus);
    const grip = button("layer-item__grip", words.drag, () => undefined, layer.code);
    grip.addEventListener("keydown", (event) => lifted(event, layer.code, place));
    grip.addEventListener("pointerdown", (event) => grab(event, line));
    const title = button("layer-item__title", words.focus, () => state().pick(state().changed(state().now(), layer.code, { focus: true })), layer.code);
    title.textContent = spec.title;
    title.title = spec.title;
    const eye = button("layer-item__act layer-item__eye", layer.hidden ? words.show : words.hide, () =>
      state().pick(state().changed(state().now(), layer.code, { hidden: !layer.hidden })), layer.code);
    eye.setAttribute("aria-pressed", String(!layer.hidden));
    const zoom = button("layer-item__act layer-item__zoom", words.zoom, () => cityvitals.layerMap.zoomTo(layer.code), layer.code);
    const remove = button("layer-item__act layer-item__remove", words.remove, () => state().pick(state().toggled(state().now(), layer.code)), layer.code);
    const head = make("div", "layer-item__head");
    head.append(grip, swatch(spec), title, eye, zoom, remove);
    line.append(head, slider(layer), ...[legend(spec, layer.code), note(spec, layer.code)].filter(Boolean));
    return line;
  }

  function lifted(event, code, place) {
    const next = event.key === "ArrowUp" ? place - 1 : event.key === "ArrowDown" ? place + 1 : -1;
    if (next < 0 || next >= specs.state.length) return;
    event.preventDefault();
    refocus = { code, className: "layer-item__grip" };
    state().pick(state().moved(state().now(), code, next));
  }

  // Dragging by pointer, so that it works under a finger too: the line follows, the others make room. The page listens:
  // a grip whose line changes its place loses the pointer.
  const DRAGGING = { pointermove: drag, pointerup: drop, pointercancel: drop };

  function grab(event, line) {
    if (event.button) return;
    event.preventDefault();
    dragged = { line, moved: false };
    line.classList.add("is-dragged");
    Object.entries(DRAGGING).forEach(([kind, listener]) => document.addEventListener(kind, listener));
  }

  function drag(event) {
    if (!dragged || !dragged.line.isConnected) return;
    const others = [...dragged.line.parentElement.children].filter((one) => one !== dragged.line);
    const below = others.find((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if ((below || null) === dragged.line.nextElementSibling) return;
    dragged.moved = true;
    dragged.line.parentElement.insertBefore(dragged.line, below || null);
  }

  function drop() {
    Object.entries(DRAGGING).forEach(([kind, listener]) => document.removeEventListener(kind, listener));
    if (!dragged) return;
    const { line, moved } = dragged;
    line.classList.remove("is-dragged");
    dragged = null;
    if (!moved || !line.isConnected) return;
    const codes = [...line.parentElement.children].map((one) => one.dataset.code);
    state().pick(codes.map((code) => state().now().find((layer) => layer.code === code)).filter(Boolean));
  }

  function draw() {
    if (!panel || !specs) return;
    const list = make("ul", "layer-items");
    specs.state.forEach((layer, place) => list.append(item(layer, place)));
    if (specs.state.length) panel.replaceChildren(list);
    else panel.replaceChildren(make("p", "no-data", specs.words.empty));
    if (!specs.packages["vector-tile"]) panel.prepend(make("p", "layer-trouble", specs.words.needs_package));
    if (!refocus) return;
    const line = panel.querySelector(`[data-code="${CSS.escape(refocus.code)}"]`);
    const { word, className } = refocus, fitting = line ? [...line.querySelectorAll("." + className.split(" ").pop())] : [];
    const target = fitting.find((one) => word === undefined || one.dataset.word === word);
    if (target) target.focus();
    refocus = null;
  }

  function show(next) {
    panel = document.getElementById("layers-shown");
    specs = next;
    state().shown(next.state);
    const known = new Set(next.state.map((layer) => layer.code));
    troubles = Object.fromEntries(Object.entries(troubles).filter(([code]) => known.has(code)));
    draw();
  }

  // Why a layer does not show; null when it does again.
  function tell(code, sentence) {
    if ((troubles[code] || null) === sentence) return;
    if (sentence) troubles[code] = sentence;
    else delete troubles[code];
    draw();
  }

  function learn(code, found) {
    categories[code] = found;
    draw();
  }

  // The layers shown as rows of a picture's legend: colour and title, and each value or category that has its own.
  function rows() {
    return specs.state.filter((layer) => !layer.hidden && !troubles[layer.code]).flatMap(function ({ code }) {
      const { title, style, kind } = specs.layers[code], line = (colour, text) => ({ colour, text, side: "", count: "" });
      const own = kind === "points" && categories[code] && categories[code].length > 1
        ? categories[code].filter(({ name }) => !cityvitals.layerMap.isHidden(code, name)).map(({ colour, name }) => line(colour, name || specs.words.other))
        : Object.entries(style.colours).map(([word, colour]) => line(colour, word));
      if (kind === "picture") return [{ text: title }];
      return own.length ? [{ text: title }, ...own] : [line(style.colour, title)];
    });
  }

  cityvitals.layerList = {
    legend: () => (specs ? rows() : []),
    show, tell, categories: learn, redraw: draw };
})();
