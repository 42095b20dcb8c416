// The linked map by keyboard: arrows go from area to area, space chooses, Escape clears; every step is told in words.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const ASIDE = 2; // a step aside counts as much as two ahead
  const MOST_NAMED = 5;

  function isDrawn(areas, area) { return areas.areaBoxes[4 * area] <= areas.areaBoxes[4 * area + 2]; }

  function drawnOnes(areas) {
    return Array.from({ length: areas.count }, function (_, area) { return area; }).filter(function (area) {
      return isDrawn(areas, area);
    });
  }

  // The area to go to from another: the nearest ahead, by name points; the same where none lies there.
  function next(areas, from, way) {
    let best = from, least = Infinity;
    drawnOnes(areas).forEach(function (area) {
      const x = areas.labels[2 * area] - areas.labels[2 * from], y = areas.labels[2 * area + 1] - areas.labels[2 * from + 1];
      const ahead = x * way[0] + y * way[1], aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
      if (ahead <= 0 || ahead + ASIDE * aside >= least) return;
      least = ahead + ASIDE * aside;
      best = area;
    });
    return best;
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  // The areas chosen, in words: how many, and the first few by name.
  function chosenText(data, chosen) {
    if (!chosen || !chosen.size) return "";
    const names = data.names.filter(function (_name, area) { return chosen.has(data.codes[area]); });
    const first = names.slice(0, MOST_NAMED).join(data.texts.comma);
    const said = names.length > MOST_NAMED ? filled(data.texts.and_more, { names: first }) : first;
    return filled(data.texts.chosen, { count: names.length, names: said });
  }

  function areaText(data, chosen, area) {
    const word = [data.words[area], chosen && chosen.has(data.codes[area]) && data.texts.is_chosen];
    return filled(data.texts.at, { name: data.names[area], word: word.filter(Boolean).join(data.texts.comma) });
  }

  function tell(text) {
    const element = document.getElementById("linked-map-said");
    if (element && element.textContent !== text) element.textContent = text;
  }

  function tellChosen(data, chosen) { tell(chosenText(data, chosen)); }

  function go(now, area) {
    cityvitals.linkedMap.point(area);
    tell(areaText(now.data, now.chosen, area));
  }

  function toggle(now) {
    const code = now.data.codes[now.cursor], chosen = new Set(now.chosen || []);
    if (!chosen.delete(code)) chosen.add(code);
    cityvitals.linkedMap.choose(Array.from(chosen), true);
    tell([areaText(now.data, chosen, now.cursor), chosenText(now.data, chosen)].filter(Boolean).join(" · "));
  }

  function press(now, key) {
    const all = drawnOnes(now.areas), here = now.cursor < 0 ? all[0] : now.cursor;
    if (key === "Home" || key === "End") go(now, key === "Home" ? all[0] : all[all.length - 1]);
    else if (WAYS[key]) go(now, now.cursor < 0 ? here : next(now.areas, here, WAYS[key]));
    else if ((key === " " || key === "Enter") && now.cursor >= 0) toggle(now);
    else if (key === "Escape") { cityvitals.linkedMap.choose([], true); tell(now.data.texts.none); }
    else return false;
    return true;
  }

  function ofMap(event) {
    return event.target.classList && event.target.classList.contains("linked-map__canvas") ? cityvitals.linkedMap.now() : null;
  }

  function onKey(event) {
    const now = ofMap(event);
    if (now && !event.ctrlKey && !event.metaKey && !event.altKey && press(now, event.key)) event.preventDefault();
  }

  function onFocus(event) {
    const now = ofMap(event);
    if (now && event.target.matches(":focus-visible") && !now.chosen) tell(now.data.texts.none);
  }

  function onLeave(event) {
    const now = ofMap(event);
    if (!now) return;
    cityvitals.linkedMap.point(-1);
    tellChosen(now.data, now.chosen);
  }

  if (globalThis.document) {
    document.addEventListener("keydown", onKey);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", onLeave);
  }
  cityvitals.linkedKeys = { next: next, chosenText: chosenText, areaText: areaText, tell: tell, tellChosen: tellChosen };
})();
