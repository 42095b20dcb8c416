// A menu that offers the first layers of the catalogue lets every other be found by name, pinyin initials or English.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MOST = 60;
  const catalogues = new Map();

  function load(address) {
    if (!catalogues.has(address)) {
      const answer = fetch(address).then((response) => (response.ok ? response.json() : Promise.reject(new Error("catalogue"))));
      answer.catch(() => catalogues.delete(address));
      catalogues.set(address, answer);
    }
    return catalogues.get(address);
  }

  // Those that can be drawn, by every word of the query.
  function found(layers, query) {
    return layers.filter((layer) => layer.kind !== "tiles3d" && cityvitals.layerCatalogue.matches(layer.found, query)).slice(0, MOST);
  }

  function item(layer) {
    const button = document.createElement("button"), english = document.documentElement.lang.startsWith("en");
    Object.assign(button, { type: "button", className: "menu__item menu__found" });
    button.textContent = (english ? layer.en || layer.zh : layer.zh || layer.en) || layer.code;
    button.dataset.pick = JSON.stringify({ layers: cityvitals.layerState.write([{ code: layer.code, opacity: 100 }]) });
    return button;
  }

  function narrow(menu, list, query) {
    list.querySelectorAll(".menu__found, .menu__none").forEach((one) => one.remove());
    list.querySelectorAll(".menu__item").forEach((one) => (one.hidden = Boolean(query)));
    if (!query) return undefined;
    return load(menu.dataset.catalogue).then(function (layers) {
      if (list.querySelector("input").value.trim() !== query) return;
      list.querySelectorAll(".menu__found, .menu__none").forEach((one) => one.remove());
      const hits = found(layers, query).map(item), none = document.createElement("p");
      Object.assign(none, { className: "menu__none quiet", textContent: menu.dataset.nothing });
      list.append(...(hits.length ? hits : [none]));
    }, () => undefined);
  }

  function open(event) {
    const menu = event.target, list = menu.matches && menu.matches("details[data-catalogue]") && menu.querySelector(".menu__list");
    if (!list || !menu.open) return;
    let field = list.querySelector("input");
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "search", className: "menu__search", placeholder: menu.dataset.search, autocomplete: "off", maxLength: 60 });
      field.setAttribute("aria-label", menu.dataset.search);
      field.addEventListener("input", () => narrow(menu, list, field.value.trim()));
      list.prepend(field);
    }
    field.focus();
  }

  if (globalThis.document) document.addEventListener("toggle", open, true);
  cityvitals.layerMenu = { found };
})();
