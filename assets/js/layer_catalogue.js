// The layer catalogue: boards, categories, favourites, and a search that asks nobody. 1,400 layers are a list of this size.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const KEPT = "cityvitals-layer-favourites";
  const BOARDS = ["status", "plan", "management", "socio_economic", null];
  const MOST_FOUND = 200;
  let panel = null, specs = null, list = [], address = null, open = new Set(["status"]), query = "";

  function favourites() {
    try {
      const kept = JSON.parse(globalThis.localStorage.getItem(KEPT) || "[]");
      return new Set(Array.isArray(kept) ? kept.filter((code) => typeof code === "string") : []);
    } catch (_) {
      return new Set(); // storage may be switched off
    }
  }

  function keep(code) {
    const kept = favourites();
    if (!kept.delete(code)) kept.add(code);
    try {
      globalThis.localStorage.setItem(KEPT, JSON.stringify([...kept]));
    } catch (_) { /* then it lasts as long as the page */ }
  }

  // Whether every word of the query is in the forms of a layer.
  function matches(found, wanted) {
    return wanted.toLowerCase().split(/\s+/).every((word) => found.includes(word));
  }

  function name(layer) {
    return (specs.language === "en" ? layer.en || layer.zh : layer.zh || layer.en) || layer.code;
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(className, text, label, act) {
    const element = make("button", className, text);
    element.type = "button";
    if (label) element.setAttribute("aria-label", label);
    if (label) element.title = label;
    element.addEventListener("click", act);
    return element;
  }

  function row(layer, kept) {
    const line = make("div", "layer-row"), isShown = specs.state.some((one) => one.code === layer.code);
    const main = button("layer-row__name", name(layer), "", () =>
      cityvitals.layerState.pick(cityvitals.layerState.toggled(cityvitals.layerState.now(), layer.code)));
    main.dataset.layer = layer.code;
    main.title = name(layer);
    main.setAttribute("aria-pressed", String(isShown));
    const star = button("layer-row__star", kept.has(layer.code) ? "★" : "☆", specs.words.favourite, () => {
      keep(layer.code);
      draw();
      const again = panel.querySelector(`[data-star="${CSS.escape(layer.code)}"]`);
      if (again) again.focus();
    });
    star.dataset.star = layer.code;
    star.setAttribute("aria-pressed", String(kept.has(layer.code)));
    line.append(main, star);
    return line;
  }

  function branch(key, title, count, fill) {
    const details = make("details", "branch"), summary = make("summary");
    summary.append(make("span", "", title), make("span", "catalogue__count digits", String(count)));
    details.append(summary);
    const body = make("div", "catalogue__children");
    details.append(body);
    const show = () => details.open && !body.childNodes.length && fill(body);
    details.open = open.has(key);
    details.addEventListener("toggle", () => {
      if (details.open) open.add(key);
      else open.delete(key);
      show();
    });
    show();
    return details;
  }

  function tree(kept) {
    const all = make("div", "catalogue layer-tree");
    const mine = list.filter((layer) => kept.has(layer.code));
    all.append(branch("favourites", specs.words.favourites, mine.length, (body) => {
      if (!mine.length) body.append(make("p", "quiet", specs.words.no_favourites));
      mine.forEach((layer) => body.append(row(layer, kept)));
    }));
    for (const board of BOARDS) {
      const own = list.filter((layer) => (layer.board || null) === board);
      if (!own.length) continue;
      const title = board ? specs.words["board_" + board] : specs.words.unlisted;
      all.append(branch(board || "none", title, own.length, (body) => categories(body, board, own, kept)));
    }
    return all;
  }

  function categories(body, board, own, kept) {
    const names = [...new Set(own.map((layer) => layer.category || ""))];
    if (names.length === 1) return own.forEach((layer) => body.append(row(layer, kept)));
    return names.forEach((category) => {
      const some = own.filter((layer) => (layer.category || "") === category);
      body.append(branch(board + "/" + category, category || specs.words.other, some.length, (inner) =>
        some.forEach((layer) => inner.append(row(layer, kept)))));
    });
  }

  function found(kept) {
    const hits = list.filter((layer) => matches(layer.found, query)), all = make("div", "catalogue layer-tree");
    if (!hits.length) all.append(make("p", "no-data", specs.words.nothing));
    hits.slice(0, MOST_FOUND).forEach((layer) => all.append(row(layer, kept)));
    if (hits.length > MOST_FOUND) {
      all.append(make("p", "quiet", specs.words.more.replace("{n}", hits.length.toLocaleString(specs.locale)).replace("{shown}", MOST_FOUND)));
    }
    return all;
  }

  function search() {
    const box = make("div", "catalogue__search"), field = make("input");
    field.type = "search";
    field.maxLength = 60;
    field.value = query;
    field.autocomplete = "off";
    field.placeholder = specs.words.search;
    field.setAttribute("aria-label", specs.words.search);
    field.addEventListener("input", () => {
      query = field.value.trim();
      draw();
    });
    box.setAttribute("role", "search");
    box.append(field);
    return box;
  }

  // The search field stays, so that the next letter finds it; the tree is made anew and keeps what was open.
  function draw() {
    if (!panel || !panel.isConnected) return;
    const kept = favourites(), old = panel.querySelector(".layer-tree"), top = old ? old.scrollTop : 0;
    const fresh = query ? found(kept) : tree(kept);
    if (old) old.replaceWith(fresh);
    else panel.replaceChildren(search(), fresh);
    fresh.scrollTop = top;
  }

  function mark() {
    panel.querySelectorAll("[data-layer]").forEach((element) =>
      element.setAttribute("aria-pressed", String(specs.state.some((one) => one.code === element.dataset.layer))));
  }

  function show(next) {
    const place = document.getElementById("layers-catalogue");
    const same = specs && place === panel && specs.language === next.language;
    specs = next;
    if (place !== panel || !same) panel = place, panel && panel.replaceChildren();
    if (!panel) return;
    if (address === next.catalogue) return same ? mark() : draw();
    address = next.catalogue;
    fetch(address).then((answer) => (answer.ok ? answer.json() : [])).then((layers) => {
      if (address !== next.catalogue) return;
      list = layers;
      draw();
    }, () => (address = null));
  }

  cityvitals.layerCatalogue = { show, matches, title: (code) => {
    const layer = list.find((one) => one.code === code);
    return layer ? name(layer) : code;
  } };
})();
