// Tables with data-sortable sort by a click on a heading: numbers as numbers, what is missing always last.
(function () {
  "use strict";

  function compare(one, other, direction) {
    if (one === other) return 0;
    if (one === "") return 1;
    if (other === "") return -1;
    const numbers = [Number(one), Number(other)];
    const byText = Number.isNaN(numbers[0]) || Number.isNaN(numbers[1]);
    return direction * (byText ? one.localeCompare(other, document.documentElement.lang) : numbers[0] - numbers[1]);
  }

  function sort(heading) {
    const table = heading.closest("table"), column = heading.cellIndex;
    const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    table.querySelectorAll("th[aria-sort]").forEach(function (one) { one.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, function (row) { return [row.cells[column].dataset.sort || "", row]; });
    keyed.sort(function (a, b) { return compare(a[0], b[0], direction); });
    keyed.forEach(function (pair) { body.append(pair[1]); });
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const heading = event.target.closest && event.target.closest("table[data-sortable] thead th");
      if (heading && heading.querySelector("button")) sort(heading);
    });
  }
  (globalThis.cityvitals = globalThis.cityvitals || {}).sorting = { compare: compare };
})();
