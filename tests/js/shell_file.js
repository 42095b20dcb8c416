// The shell's scripts as the browser loads them, without a browser.
"use strict";
const path = require("node:path");

function load(name) {
  globalThis.dash_clientside = globalThis.dash_clientside || { no_update: Symbol("no_update"), set_props: () => {} };
  require(path.join(__dirname, "..", "..", "assets", "js", name));
  return globalThis.cityvitals;
}

module.exports = { load };
