// Tabs of the small screen: the page's data-tab says which panels show.
(function () {
  "use strict";

  function choose(tab) {
    const page = tab.closest("[data-tab]");
    page.dataset.tab = tab.dataset.tabName;
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const tab = event.target.closest && event.target.closest("[data-tab-name]");
      if (tab) choose(tab);
    });
  }
})();
