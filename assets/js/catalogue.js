// The catalogue tree: filtering as one types, the selected entry, the arrow keys; the server is asked for nothing.
(function () {
  "use strict";
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const KEYS = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End"];
  let openBefore = null; // the branches that were open when the search began

  // Whether every word of the query is in the text, in any order.
  function matches(text, query) {
    return query.toLowerCase().split(/\s+/).every(function (word) { return text.includes(word); });
  }

  function tree() { return document.querySelector(".catalogue"); }

  function branches() { return Array.from(tree().querySelectorAll(".branch")); }

  function filter(query) {
    if (!tree()) return dash.no_update;
    const wanted = (query || "").trim();
    let found = 0;
    if (wanted !== "" && !openBefore) openBefore = branches().filter(function (branch) { return branch.open; });
    tree().querySelectorAll(".leaf").forEach(function (leaf) {
      leaf.hidden = wanted !== "" && !matches(leaf.dataset.search, wanted);
      if (!leaf.hidden) found += 1;
    });
    branches().forEach(function (branch) {
      branch.hidden = !branch.querySelector(".leaf:not([hidden])");
      if (wanted !== "" && !branch.hidden) branch.open = true;
    });
    tree().classList.toggle("is-empty", found === 0);
    if (wanted === "" && openBefore) asBefore();
    return dash.no_update;
  }

  function asBefore() {
    const open = openBefore, chosen = tree().querySelector(".leaf.is-selected");
    openBefore = null;
    branches().forEach(function (branch) { branch.open = open.includes(branch); });
    if (chosen) reveal(chosen);
  }

  function mark(selection) {
    const code = selection && selection.indicator;
    document.querySelectorAll(".catalogue .leaf").forEach(function (leaf) {
      const isChosen = leaf.dataset.code === code;
      leaf.classList.toggle("is-selected", isChosen);
      if (isChosen) leaf.setAttribute("aria-current", "true");
      else leaf.removeAttribute("aria-current");
      if (isChosen) reveal(leaf);
    });
    if (tree() && !tree().querySelector(".branch[open]")) tree().querySelector(".branch").open = true;
    return dash.no_update;
  }

  function reveal(leaf) {
    for (let branch = leaf.closest(".branch"); branch; branch = branch.parentElement.closest(".branch")) branch.open = true;
    leaf.scrollIntoView({ block: "nearest" });
  }

  // The tree arrives after the selection, and after an impatient reader's first letters.
  function markLater(selection) {
    globalThis.requestAnimationFrame(function () {
      if (!tree() || !tree().querySelector(".branch")) return;
      mark(selection);
      const box = document.getElementById("indicator-filter");
      if (box && box.value) filter(box.value);
    });
    return dash.no_update;
  }

  // What the arrow keys walk over: the heads of branches and the entries that are seen.
  function walked() {
    return Array.from(tree().querySelectorAll("summary, .leaf")).filter(function (one) { return one.offsetParent !== null; });
  }

  function sideways(item, key) {
    const own = item.tagName === "SUMMARY" ? item.parentElement : null, wants = key === "ArrowRight";
    if (own && own.open !== wants) own.open = wants;
    else if (wants) step(item, "ArrowDown");
    else {
      const above = (own || item).parentElement.closest(".branch");
      if (above) above.querySelector("summary").focus();
    }
  }

  function step(item, key) {
    const all = walked(), here = all.indexOf(item), last = all.length - 1;
    const next = { ArrowDown: Math.min(last, here + 1), ArrowUp: here - 1, Home: 0, End: last }[key];
    const box = document.getElementById("indicator-filter");
    (next < 0 ? box : all[next]).focus();
  }

  function onSearchKey(event) {
    const first = tree() && tree().querySelector(".leaf:not([hidden])");
    if (event.key === "ArrowDown" && tree() && walked().length) {
      event.preventDefault();
      (event.target.value.trim() && first ? first : walked()[0]).focus();
    }
    if (event.key === "Enter" && event.target.value.trim() && first) first.click();
  }

  function onKey(event) {
    if (event.target.id === "indicator-filter") return onSearchKey(event);
    const item = event.target.closest && event.target.closest(".catalogue summary, .catalogue .leaf");
    if (!item || !KEYS.includes(event.key)) return undefined;
    event.preventDefault();
    return event.key === "ArrowRight" || event.key === "ArrowLeft" ? sideways(item, event.key) : step(item, event.key);
  }

  if (globalThis.document) document.addEventListener("keydown", onKey);
  dash.catalogue = { filter: filter, mark: markLater };
  (globalThis.cityvitals = globalThis.cityvitals || {}).catalogue = { matches: matches };
})();
