// Lists and the map point at the same area: a row under the pointer marks it on the map, and the other way round.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  let told = null;

  function tell(area) {
    if (area === told) return;
    told = area;
    dash.set_props("map-hover", { data: { area: area, from: "list" } });
  }

  function follow(event) {
    const row = event.target.closest && event.target.closest("[data-area]");
    if (row) tell(row.dataset.area);
    else if (told) tell(null);
  }

  // Marks the rows of the hovered area; called with every change of the shared hover.
  function mark(hover) {
    const area = hover ? hover.area : null;
    document.querySelectorAll("[data-area]").forEach(function (row) {
      row.classList.toggle("is-hovered", row.dataset.area === area);
    });
    if (!hover || hover.from !== "list") told = null;
    return dash.no_update;
  }

  if (globalThis.document) {
    document.addEventListener("pointerover", follow);
    document.addEventListener("focusin", follow);
  }
  dash.hover = { mark: mark };
})();
