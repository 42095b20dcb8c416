// Shapes and colours of categories: told apart without colour, and none of the colours that say good or bad.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const SHAPES = ["circle", "triangle", "square", "diamond", "pentagon", "down"];
  const COLOURS = {
    dark: ["#7cc4ff", "#f0a8d0", "#d8c36a", "#9adbc0", "#c2a8f5", "#e8a06a", "#a9b8cc", "#f2f2f2"],
    light: ["#1f6fb5", "#a8397a", "#7a6200", "#16735a", "#6a45b8", "#a34d0f", "#5a6a80", "#202a38"],
  };
  const SIDES = { triangle: [3, -90], square: [4, -45], diamond: [4, -90], pentagon: [5, -90], down: [3, 90] };

  function theme() {
    return document.documentElement.dataset.mantineColorScheme === "light" ? "light" : "dark";
  }

  // The shape and colour of each category; a single one may take the layer's own.
  function symbols(count, options, light) {
    const colours = COLOURS[light ? "light" : "dark"];
    return Array.from({ length: count }, (_, n) => ({
      shape: (count === 1 && options.shape) || SHAPES[n % SHAPES.length],
      colour: (count === 1 && options.colour) || colours[n % colours.length],
    }));
  }

  function trace(context, shape, x, y, radius) {
    context.beginPath();
    if (shape === "circle") return context.arc(x, y, radius, 0, 2 * Math.PI);
    const [sides, turn] = SIDES[shape], wide = shape === "square" ? radius * 1.2 : radius * 1.25;
    for (let n = 0; n < sides; n++) {
      const angle = ((turn + (360 / sides) * n) * Math.PI) / 180;
      context.lineTo(x + wide * Math.cos(angle), y + wide * Math.sin(angle));
    }
    return context.closePath();
  }

  // One symbol as a small picture, so that thousands are copied and not drawn. radius in device pixels.
  function sprite(symbol, radius, ground) {
    const side = Math.ceil(radius * 2.6) + 4, picture = document.createElement("canvas");
    picture.width = picture.height = side;
    const context = picture.getContext("2d");
    trace(context, symbol.shape, side / 2, side / 2, radius);
    context.fillStyle = symbol.colour;
    context.fill();
    context.lineWidth = Math.max(1, radius * 0.3);
    context.strokeStyle = ground;
    context.stroke();
    return picture;
  }

  cityvitals.pointSymbols = { SHAPES, COLOURS, symbols, sprite, theme };
})();
