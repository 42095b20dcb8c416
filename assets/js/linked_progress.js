// While the permutations behind the linked map run, how much of them is done: asked of the server, never guessed.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const EVERY_MS = 400;
  let waiting = 0;

  function busy() {
    const element = document.getElementById("correlation-map-busy");
    return element && !element.hidden ? element : null;
  }

  // Whole per cent; nothing where nobody has begun to count, or all is counted and only drawing is left.
  function said(done) {
    return typeof done === "number" && done >= 0 && done < 1 ? Math.floor(100 * done) + " %" : "";
  }

  function show(element, done) {
    element.dataset.step = done === 1 ? "drawing" : "counting";
    const text = said(done), bar = element.querySelector(".computing__bar");
    element.querySelector(".computing__share").textContent = text;
    if (!text) return bar.removeAttribute("aria-valuenow");
    bar.setAttribute("aria-valuenow", String(Math.floor(100 * done)));
    return bar.style.setProperty("--done", 100 * done + "%");
  }

  async function ask() {
    if (!busy()) { waiting = 0; return; }
    let done = null;
    try {
      const answer = await fetch("pattern/progress" + globalThis.location.search, { cache: "no-store" });
      if (answer.ok) done = (await answer.json()).done;
    } catch { done = null; } // the panel itself says when the server is away
    if (busy()) show(busy(), done);
    waiting = setTimeout(ask, EVERY_MS);
  }

  function follow() {
    if (!busy() || waiting) return;
    show(busy(), null);
    waiting = setTimeout(ask, EVERY_MS);
  }

  if (globalThis.document) {
    new MutationObserver(follow).observe(document.documentElement, {
      subtree: true, attributes: true, attributeFilter: ["hidden"],
    });
  }
  cityvitals.linkedProgress = { said: said };
})();
