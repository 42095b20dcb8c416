// A lasso in the scatter that shows on the map while it is drawn. Plotly's own restyles every point at every step, which
// thousands of points cannot follow; here the points are restyled once, after the map has been painted.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const FEWEST_CORNERS = 6;
  let path = null, line = null, waiting = false;

  function graph() { return document.querySelector("#correlation-scatter .js-plotly-plot"); }

  function points(drawn) { return drawn.data.find(function (trace) { return trace.name === "areas"; }); }

  // Codes of the points inside a polygon in pixels of the graph.
  function caught(trace, xaxis, yaxis, polygon) {
    const inside = cityvitals.linkedMap.inside;
    return trace.customdata.filter(function (_code, n) {
      return inside(polygon, xaxis._offset + xaxis.d2p(trace.x[n]), yaxis._offset + yaxis.d2p(trace.y[n]));
    });
  }

  function codes() {
    const drawn = graph(), trace = drawn && points(drawn), layout = drawn && drawn._fullLayout;
    return trace && path.length >= FEWEST_CORNERS ? caught(trace, layout.xaxis, layout.yaxis, path) : [];
  }

  function place(event) {
    const box = graph().getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function outline() {
    if (!line) {
      line = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      line.setAttribute("class", "lasso");
      line.append(document.createElementNS("http://www.w3.org/2000/svg", "polygon"));
      document.body.append(line);
    }
    const box = graph().getBoundingClientRect();
    line.style.left = box.left + "px";
    line.style.top = box.top + "px";
    line.firstChild.setAttribute("points", path.join(" "));
  }

  function show() {
    waiting = false;
    if (path) cityvitals.linkedMap.choose(codes(), false);
  }

  function end() {
    const found = codes();
    path = null;
    if (line) line.remove();
    line = null;
    cityvitals.linkedMap.choose(found, false);
    setTimeout(cityvitals.linkedMap.markScatter);
  }

  function onPointer(event) {
    if (event.type === "pointerdown") {
      const target = event.target.closest && event.target.closest("#correlation-scatter .nsewdrag");
      path = target && event.button === 0 && points(graph()) ? [place(event)] : null;
    } else if (path && event.type === "pointermove") {
      path.push(place(event));
      outline();
      if (!waiting) { waiting = true; requestAnimationFrame(show); }
    } else if (path) {
      end();
    }
  }

  if (globalThis.document) {
    ["pointerdown", "pointermove", "pointerup", "pointercancel"].forEach(function (name) {
      document.addEventListener(name, onPointer, true);
    });
  }
  cityvitals.linkedScatter = { caught: caught };
})();
