// Clicks and keys that change the selection: any element with data-pick, by mouse, touch or keyboard.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const CONTROLS = ["periods", "period", "period_label", "search", "views", "path"];
  let picks = 0;
  let drawn = null;

  // The changes of a data-pick attribute, numbered so that the same click twice is two events.
  function read(attribute) {
    picks += 1;
    return Object.assign({}, JSON.parse(attribute), { seq: picks });
  }

  function send(attribute) {
    if (!cityvitals.recall.pick(JSON.parse(attribute))) dash.set_props("pick", { data: read(attribute) });
  }

  // The controls of the header: none is drawn anew for an area with the same periods.
  function controls(data) {
    const said = JSON.stringify(data);
    if (!data || said === drawn) return CONTROLS.map(() => dash.no_update);
    drawn = said;
    return CONTROLS.map((name) => data[name]);
  }

  // The period control tells its value; a value that is already selected is an echo, not a wish.
  function period(value, selection) {
    if (value && selection && value !== selection.period) send(JSON.stringify({ period: value }));
    return dash.no_update;
  }

  function onClick(event) {
    const target = event.target.closest && event.target.closest("[data-pick]");
    if (event.target.closest && event.target.closest(".notice__close")) {
      event.target.closest(".notice").remove();
    }
    if (!target) return;
    send(target.dataset.pick);
    if (target.closest(".search__results")) closeSearch();
    if (target.closest("details.menu")) target.closest("details.menu").open = false;
  }

  function closeSearch() {
    const input = document.getElementById("search-text");
    dash.set_props("search-text", { value: "" });
    if (input) input.blur();
  }

  // The result to focus when an arrow key is pressed in the search: one further, one back, and round.
  function neighbour(count, current, key) {
    if (!count || (key !== "ArrowDown" && key !== "ArrowUp")) return -1;
    if (current < 0) return key === "ArrowDown" ? 0 : count - 1;
    return (current + (key === "ArrowDown" ? 1 : -1) + count) % count;
  }

  function onSearchKey(event) {
    const results = Array.from(document.querySelectorAll(".search__result"));
    if (event.key === "Escape") return closeSearch();
    if (event.key === "Enter" && event.target.id === "search-text" && results.length) return results[0].click();
    const next = neighbour(results.length, results.indexOf(document.activeElement), event.key);
    if (next < 0) return undefined;
    event.preventDefault();
    return results[next].focus();
  }

  function onKey(event) {
    const inSearch = event.target.closest && event.target.closest(".search");
    if (inSearch) return onSearchKey(event);
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName || "");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      document.getElementById("search-text").focus();
    }
    return undefined;
  }

  if (globalThis.document) {
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
  }
  cityvitals.pick = { read: read, neighbour: neighbour };
  dash.pick = { period: period, controls: controls };
})();
