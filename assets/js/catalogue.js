// The catalogue tree: filtering as one types, and marking what is selected, without asking the server.
(function () {
  "use strict";
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});

  // Whether every word of the query is in the text, in any order.
  function matches(text, query) {
    return query.toLowerCase().split(/\s+/).every(function (word) { return text.includes(word); });
  }

  function filter(query) {
    const tree = document.querySelector(".catalogue");
    if (!tree) return dash.no_update;
    const wanted = (query || "").trim();
    let found = 0;
    tree.querySelectorAll(".leaf").forEach(function (leaf) {
      leaf.hidden = wanted !== "" && !matches(leaf.dataset.search, wanted);
      if (!leaf.hidden) found += 1;
    });
    tree.querySelectorAll(".branch").forEach(function (branch) {
      branch.hidden = !branch.querySelector(".leaf:not([hidden])");
      if (wanted !== "" && !branch.hidden) branch.open = true;
    });
    tree.querySelector(".catalogue__nothing").hidden = found > 0;
    return dash.no_update;
  }

  function mark(selection) {
    const code = selection && selection.indicator;
    document.querySelectorAll(".catalogue .leaf").forEach(function (leaf) {
      const isChosen = leaf.dataset.code === code;
      leaf.classList.toggle("is-selected", isChosen);
      leaf.setAttribute("aria-selected", String(isChosen));
      if (isChosen) reveal(leaf);
    });
    return dash.no_update;
  }

  function reveal(leaf) {
    for (let branch = leaf.closest(".branch"); branch; branch = branch.parentElement.closest(".branch")) branch.open = true;
    leaf.scrollIntoView({ block: "nearest" });
  }

  // The tree arrives after the selection, and after an impatient reader's first letters.
  function markLater(selection) {
    globalThis.requestAnimationFrame(function () {
      mark(selection);
      const box = document.getElementById("indicator-filter");
      if (box && box.value) filter(box.value);
    });
    return dash.no_update;
  }

  dash.catalogue = { filter: filter, mark: markLater };
  (globalThis.cityvitals = globalThis.cityvitals || {}).catalogue = { matches: matches };
})();
