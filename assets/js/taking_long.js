// Long tables arrive piece by piece: the menu item says how much is there, and pressing it again stops.
(function () {
  "use strict";
  const running = new Map();

  // How much of what is expected has arrived, in whole per cent, never over 99 before the end.
  function share(rows, expected) {
    return expected > 0 ? Math.min(99, Math.floor(100 * rows / expected)) : 0;
  }

  function lines(bytes) {
    let count = 0;
    for (let place = 0; place < bytes.length; place += 1) if (bytes[place] === 10) count += 1;
    return count;
  }

  async function read(link, answer) {
    const expected = Number(answer.headers.get("X-Rows-Expected")), reader = answer.body.getReader(), pieces = [];
    let rows = 0;
    for (;;) {
      const piece = await reader.read();
      if (piece.done) return new Blob(pieces, { type: "text/csv" });
      pieces.push(piece.value);
      rows += lines(piece.value);
      link.textContent = link.dataset.progress.replace("%share%", share(rows, expected));
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  async function take(link) {
    const name = link.textContent, stop = new AbortController();
    running.set(link, stop);
    link.textContent = link.dataset.progress.replace("%share%", "0");
    try {
      const answer = await fetch(link.href, { signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const named = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
      save(await read(link, answer), named ? named[1] : "table.csv");
      link.textContent = name;
    } catch (error) {
      link.textContent = error.name === "AbortError" ? name : link.dataset.failed;
    }
    running.delete(link);
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const link = event.target.closest && event.target.closest("a[data-progress]");
      if (!link) return;
      event.preventDefault();
      if (running.has(link)) running.get(link).abort();
      else take(link);
    });
  }
  (globalThis.cityvitals = globalThis.cityvitals || {}).longTables = { share: share, lines: lines };
})();
