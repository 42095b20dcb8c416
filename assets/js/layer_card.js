// The attributes of a clicked feature: names and values as text, whatever they hold.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  let turn = 0;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function close() {
    turn += 1;
    document.querySelectorAll(".layer-card").forEach((card) => card.remove());
  }

  function frame(spec, words) {
    const card = make("div", "layer-card"), head = make("div", "layer-card__head"), shut = make("button", "layer-card__close", "");
    shut.type = "button";
    shut.setAttribute("aria-label", words.close);
    shut.append(make("span", "icon icon--close", ""));
    shut.addEventListener("click", close);
    head.append(make("h3", "", spec.title), shut);
    card.append(head);
    card.addEventListener("keydown", (event) => event.key === "Escape" && (event.stopPropagation(), close()));
    return card;
  }

  function fill(card, properties) {
    const list = make("dl", "layer-card__list");
    Object.entries(properties).forEach(([name, value]) => list.append(make("dt", "", name), make("dd", "", value === null ? "—" : value)));
    card.append(list);
  }

  // Where the place of the feature is known and a map is given, the map comes to it.
  function come(map, box) {
    if (!map || !box) return;
    const [west, south, east, north] = box, bounds = L.latLngBounds([[south, west], [north, east]]);
    if (!map.getBounds().contains(bounds) || map.getZoom() < 12) map.flyToBounds(bounds.pad(0.5), { duration: 0.45, maxZoom: 16 });
  }

  function open(spec, feature, words, map) {
    close();
    const mine = turn, place = document.querySelector(".layer-card-place");
    if (!place || feature.id === undefined) return;
    const card = frame(spec, words), asked = new URLSearchParams({ key: feature.id, number: feature.isNumber ? "1" : "0" });
    const waiting = make("p", "quiet", words.loading);
    card.append(waiting);
    place.append(card);
    fetch(`${spec.base}/feature?${asked}`).then((answer) => {
      if (!answer.ok) throw new Error("feature");
      return answer.json();
    }).then((found) => {
      if (mine !== turn) return;
      waiting.remove();
      fill(card, found.properties);
      come(map, found.bounds);
    }, () => (waiting.textContent = words.broken));
  }

  cityvitals.layerCard = { open, close };
})();
