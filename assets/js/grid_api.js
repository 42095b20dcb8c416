// The table in the page by its id, or null where no view shows it: the library's own search would go on for two minutes.
(function () {
  "use strict";
  function gridOf(id) {
    try {
      return globalThis.dash_ag_grid.getApi(id);
    } catch {
      return null;
    }
  }
  (globalThis.cityvitals = globalThis.cityvitals || {}).gridOf = gridOf;
})();
