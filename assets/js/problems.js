// The problem view's own wiring: the ledger asks again when the filter changes, rows and searches change the link.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const LEDGER = "problems-ledger";
  let picks = 0;

  function escaped(word) {
    return word.replace(/%/g, "%25").replace(/;/g, "%3B").replace(/:/g, "%3A").replace(/,/g, "%2C");
  }

  // The filter text with one attribute set to a word, or taken out when the word is empty.
  function withWord(filter, name, word) {
    const parts = (filter || "").split(";").filter((part) => part && !part.startsWith(name + ":"));
    if (word) parts.push(name + ":" + escaped(word));
    return parts.join(";") || null;
  }

  function change(changes) {
    picks += 1;
    dash.set_props("pick", { data: { ...changes, seq: "problems" + picks } });
  }

  function pick(filter) {
    change({ filter });
  }

  // What a click on a block or a band of the chain asks for stands in the figure; only blocks have a depth.
  function band(event, figure) {
    const point = event && event.points && event.points[0], wishes = figure && figure.layout && figure.layout.meta;
    const wish = point && wishes && ("depth" in point ? wishes.nodes : wishes.links)[point.pointNumber];
    if (wish) change(wish);
    return dash.no_update;
  }

  function choose(filter, code, subject) {
    pick(withWord(filter, subject, code));
  }

  function open(cell, selection) {
    const filter = selection && selection.filter, id = (cell && cell.rowId) || "";
    if (id.startsWith("group:")) {
      const [, group, word] = id.match(/^group:([^:]*):(.*)$/s);
      pick(withWord(filter, group, word));
    } else if (id) choose(filter, id, "problem");
    return dash.no_update;
  }

  function search(value, selection) {
    const filter = selection ? selection.filter : null;
    const wanted = withWord(filter, "text", (value || "").trim());
    if (wanted !== (filter || null)) pick(wanted);
    return dash.no_update;
  }

  // What the list depends on: a mere change of the chosen problem leaves the ledger where it is.
  function listed(selection) {
    const { area, filter, lang, today, show } = selection || {};
    const group = ((show || "").match(/(?:^|\.)group=([^.]*)/) || [])[1];
    return JSON.stringify([area, withWord(filter, "problem", ""), lang, today, group]);
  }

  let shown = null;
  let freshness = null;
  function refresh(selection, fresh) {
    const wanted = listed(selection);
    if (wanted === shown && fresh === freshness) return dash.no_update;
    [shown, freshness] = [wanted, fresh];
    const grid = cityvitals.gridOf(LEDGER);
    if (grid) {
      if (grid.getDisplayedRowCount()) grid.ensureIndexVisible(0);
      grid.purgeInfiniteCache();
    }
    return dash.no_update;
  }

  // Two days that follow one another, once both are whole, become the span of the stage flow.
  function spanOf(show, [from, to]) {
    return from && to && from < to ? show.replace("flow=@", "flow=" + from + "*" + to) : null;
  }

  function dated(event) {
    const field = event.target.closest && event.target.closest("[data-days]");
    const inputs = field ? Array.from(field.querySelectorAll("input")) : [];
    if (!field || !inputs.every((input) => input.validity.valid)) return;
    const show = spanOf(field.dataset.days, inputs.map((input) => input.value));
    if (show) change({ show });
  }

  // A menu of the filter bar closes when another opens or the pointer goes elsewhere.
  function closeOthers(event) {
    const inside = event.target.closest && event.target.closest("[data-menu]");
    document.querySelectorAll("[data-menu][open]").forEach((menu) => {
      if (menu !== inside) menu.removeAttribute("open");
    });
  }

  if (globalThis.document) {
    document.addEventListener("click", closeOthers);
    document.addEventListener("change", dated);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closeOthers({ target: document.body });
    });
  }
  cityvitals.problems = { choose, withWord, listed, spanOf };
  dash.problems = {
    paint: (payload) => {
      cityvitals.map.paint(payload);
      return dash.no_update;
    },
    points: (payload) => {
      cityvitals.problemPoints.show(payload, "problem");
      return dash.no_update;
    },
    projects: (payload) => {
      cityvitals.problemPoints.show(payload, "project");
      return dash.no_update;
    },
    open, search, refresh, band,
  };
})();
