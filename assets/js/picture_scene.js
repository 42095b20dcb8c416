// The pictures of the comparison: a swipe as it stands, two maps side by side, or the 3D view.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  function title(side) {
    return document.getElementById("scene-" + side + "-title").textContent;
  }

  function legend(side) {
    return document.getElementById("scene-" + side + "-legend");
  }

  function swiped(left, right, style, words, share) {
    const size = left.map.getSize();
    return {
      width: size.x, height: size.y,
      draw: function (context, width, height, scale) {
        const sheet = cityvitals.pictureSheet, at = Math.round(width * share);
        sheet.paintMap(left, context, width, height, scale, style);
        context.save();
        context.beginPath();
        context.rect(at, 0, width - at, height);
        context.clip();
        context.fillStyle = style.ground;
        context.fillRect(at, 0, width - at, height);
        sheet.paintMap(right, context, width, height, scale, style);
        context.restore();
        context.fillStyle = style.accent;
        context.fillRect(at - scale, 0, 2 * scale, height);
        cityvitals.pictureFrame.orientation(context, left.map, width, height, scale, style, words);
        sheet.decorate(context, width, height, scale, style,
          [{ element: legend("left") }, { element: legend("right"), toRight: true }],
          [{ text: title("left") }, { text: title("right"), toRight: true }]);
      },
    };
  }

  function frames(style, words) {
    const answer = cityvitals.compare.answer(), views = cityvitals.compare.views();
    if (!answer || !views.left || !views.left.shown) return Promise.resolve([]);
    if (answer.mode === "solid" && cityvitals.solid && cityvitals.solid.isOn()) return cityvitals.solid.frame(style);
    const sheet = cityvitals.pictureSheet;
    if (answer.mode === "solid" || !views.right || !views.right.shown) {
      return Promise.resolve([sheet.mapFrame(views.left, [{ element: legend("left") }], style, words, [{ text: title("left") }])]);
    }
    if (answer.mode === "side") {
      return Promise.resolve(["left", "right"].map((side) =>
        sheet.mapFrame(views[side], [{ element: legend(side), toRight: side === "right" }], style, words, [{ text: title(side) }])));
    }
    const line = document.querySelector(".compare-line").getBoundingClientRect();
    const stage = document.getElementById("compare-stage").getBoundingClientRect();
    return Promise.resolve([swiped(views.left, views.right, style, words, (line.left + 1 - stage.left) / stage.width)]);
  }

  cityvitals.pictureScene = { frames: frames };
})();
