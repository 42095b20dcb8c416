// Charts get their type from the style sheet: one size for every density, so that a wall's chart is not a clerk's.
(function () {
  "use strict";
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const REFERENCE_PX = 13;

  function typeSize() {
    const probe = document.createElement("span");
    probe.style.cssText = "position:absolute;font-size:var(--small)";
    document.body.append(probe);
    const size = parseFloat(getComputedStyle(probe).fontSize);
    probe.remove();
    return size || REFERENCE_PX;
  }

  // Font, margins for labels (given in characters) and shifts of labels in the size of the screen's small type.
  function fitted(figure, px) {
    const layout = figure.layout, meta = layout.meta || {}, scale = px / REFERENCE_PX;
    const em = function (name, least) { return Math.round(Math.max(meta[name] || 0, least) * px); };
    const annotations = (layout.annotations || []).map(function (one) {
      return Object.assign({}, one, { xshift: (one.xshift || 0) * scale, yshift: (one.yshift || 0) * scale });
    });
    const data = figure.data.map(function (trace) { return scaled(trace, scale); });
    const margin = { l: em("left_em", 0.5), r: em("right_em", 0.5), t: em("top_em", 0.7), b: em("bottom_em", 0.5) };
    return {
      data: data,
      layout: Object.assign({}, layout, { font: { size: px }, margin: margin, annotations: annotations }),
    };
  }

  function scaled(trace, scale) {
    const grown = Object.assign({}, trace);
    if (trace.line && trace.line.width) grown.line = Object.assign({}, trace.line, { width: trace.line.width * Math.sqrt(scale) });
    if (trace.marker && trace.marker.size && !trace.marker.sizeref) {
      const size = trace.marker.size;
      const marker = { size: Array.isArray(size) ? size.map(function (one) { return one * scale; }) : size * scale };
      grown.marker = Object.assign({}, trace.marker, marker);
    }
    return grown;
  }

  function fit(figure) {
    return figure ? fitted(figure, typeSize()) : dash.no_update;
  }

  dash.figures = { fit: fit };
  (globalThis.cityvitals = globalThis.cityvitals || {}).figures = { fitted: fitted };
})();
