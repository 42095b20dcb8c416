// Prints the area sheet; the browser's own dialog also writes PDF.
(function () {
  "use strict";
  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      if (event.target.closest && event.target.closest("[data-print]")) globalThis.print();
    });
  }
})();
