// The linked map as PNG: the server's SVG, drawn by the browser with its own fonts.
(function () {
  "use strict";
  const SCALE = 2;

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  function take(address) {
    fetch(address).then(function (answer) {
      const said = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
      const name = (said ? said[1] : "map.svg").replace(/\.svg$/, ".png");
      return answer.blob().then(function (blob) {
        const image = new Image(), source = URL.createObjectURL(blob);
        image.onload = function () {
          const canvas = document.createElement("canvas");
          canvas.width = image.width * SCALE;
          canvas.height = image.height * SCALE;
          canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
          URL.revokeObjectURL(source);
          save(canvas.toDataURL("image/png"), name);
        };
        image.src = source;
      });
    });
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const button = event.target.closest && event.target.closest("[data-map-picture]");
      if (button) take(button.dataset.mapPicture);
    });
  }
})();
