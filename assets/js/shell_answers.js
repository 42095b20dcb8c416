// Panels that were shown are drawn again without asking, as long as the server said that they hold (callbacks/holding.py):
// until the data change or the day ends. What is asked includes the arrival of the data, so no answer outlives them.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MOST_BYTES = 8e6;
  const kept = new Map(); // oldest use first
  let bytes = 0;

  // What a callback asks; which of its inputs changed makes no difference to its answer.
  function question(body) {
    const { output, inputs, state } = JSON.parse(body);
    return JSON.stringify([output, inputs, state]);
  }

  function drop(asked) {
    bytes -= kept.get(asked)?.body.byteLength ?? 0;
    kept.delete(asked);
  }

  function keep(asked, body, ends) {
    drop(asked);
    kept.set(asked, { body: body, ends: ends });
    bytes += body.byteLength;
    while (bytes > MOST_BYTES) drop(kept.keys().next().value);
  }

  // The milliseconds for which an answer holds; 0 where the server promises nothing.
  function holds(response) {
    const seconds = /max-age=(\d+)/.exec(response.headers.get("Cache-Control") || "");
    return response.status === 200 && seconds ? 1000 * Number(seconds[1]) : 0;
  }

  function again(asked) {
    const found = kept.get(asked);
    if (!found || found.ends < Date.now()) return null;
    kept.delete(asked);
    kept.set(asked, found);
    return new Response(found.body, { status: 200, headers: { "Content-Type": "application/json" } });
  }

  // The answer to a callback: the one that still holds, else the server's.
  async function answer(options, ask) {
    const asked = question(options.body);
    const before = again(asked);
    if (before) return before;
    const response = await ask();
    const lasting = holds(response);
    if (!lasting) return response;
    const body = await response.arrayBuffer();
    keep(asked, body, Date.now() + lasting);
    return new Response(body, response);
  }

  function forget() {
    kept.clear();
    bytes = 0;
  }

  cityvitals.answers = { answer: answer, forget: forget };
})();
