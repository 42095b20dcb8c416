// What charts must know of the browser, which follows the window: the size of small text in pixels, and which chart has
// no place on a screen of this size (--hides in the style sheets) and is not drawn.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const SETTLE_MS = 300;
  let last = "";
  let timer = null;

  // Whole pixels of a length in rem, given the root's size.
  function pixels(rem, root) {
    return Math.round(parseFloat(rem) * parseFloat(root));
  }

  function measure() {
    const style = getComputedStyle(document.documentElement), said = (name) => style.getPropertyValue(name).trim();
    const now = { text_px: pixels(said("--small"), style.fontSize), hides: said("--hides") };
    if (JSON.stringify(now) === last) return dash.no_update;
    last = JSON.stringify(now);
    return now;
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
