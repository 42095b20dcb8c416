// What charts must know of the browser: the size of small text in pixels, which follows the window.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const SETTLE_MS = 300;
  let last = 0;
  let timer = null;

  // Whole pixels of a length in rem, given the root's size.
  function pixels(rem, root) {
    return Math.round(parseFloat(rem) * parseFloat(root));
  }

  function textPx() {
    const style = getComputedStyle(document.documentElement);
    return pixels(style.getPropertyValue("--small"), style.fontSize);
  }

  function measure() {
    const now = textPx();
    if (now === last) return dash.no_update;
    last = now;
    return { text_px: now };
  }

  // Charts wait for the size of type: it is told when it has changed, and not asked for with every click.
  function tell() {
    const data = measure();
    if (data !== dash.no_update) dash.set_props("screen", { data: data });
  }

  function onResize() {
    globalThis.clearTimeout(timer);
    timer = globalThis.setTimeout(tell, SETTLE_MS);
  }

  if (globalThis.document) globalThis.addEventListener("resize", onResize);
  cityvitals.screen = { pixels: pixels };
  dash.screen = { measure: measure, tell: tell };
})();
