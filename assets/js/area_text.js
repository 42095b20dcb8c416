// Numbers and sentences of the hover card. Everything becomes text nodes: a name is never markup.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MISSING = "—";

  // format: {decimals, scale, locale}. The value as shown, without its unit.
  function number(value, format, signed) {
    if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
    return new Intl.NumberFormat(format.locale, {
      minimumFractionDigits: format.decimals, maximumFractionDigits: format.decimals,
      signDisplay: signed ? "exceptZero" : "auto",
    }).format(value / (format.scale || 1)).replace("-", "\u2212");
  }

  // "rank" of the words with {rank} and {count} filled in.
  function fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  // Whether a change is good, bad or neither, by the direction in which the indicator is better.
  function verdict(change, direction) {
    if (!change || (direction !== "higher_better" && direction !== "lower_better")) return "neutral";
    return change > 0 === (direction === "higher_better") ? "good" : "bad";
  }

  // Lines of the card for one area, as [class, text] pairs.
  function lines(shown, area) {
    const { payload, values, status, words } = shown;
    const result = [["name", shown.names[area]]];
    const state = cityvitals.areaValues.STATUSES[status[area]];
    const value = number(values[area], payload.format, Boolean(payload.change));
    result.push(["value", value], ["unit", value === MISSING ? "" : payload.format.unit]);
    if (state !== "valid") result.push(["status", words[state]]);
    if (shown.ranks.ranks[area]) {
      result.push(["rank", fill(words.rank, { rank: shown.ranks.ranks[area], count: shown.ranks.count })]);
    }
    if (shown.previous && !Number.isNaN(shown.previous[area]) && !Number.isNaN(values[area])) {
      const change = values[area] - shown.previous[area];
      const arrow = change > 0 ? "▲ " : change < 0 ? "▼ " : "";
      const text = arrow + number(change, payload.format, true);
      result.push(["change " + verdict(change, payload.direction), fill(words.change, { change: text, period: payload.previous_period })]);
    }
    return result.concat(originLines(shown, area));
  }

  function originLines({ payload, words }, area) {
    const origin = payload.origin && payload.origin[area];
    if (!origin) return [];
    if (origin === 1) return [["origin", words.recorded]];
    const [contributing, children] = payload.coverage[area];
    const result = [["origin", fill(words.rolled_up, { contributing, children })]];
    for (const mark of ["contains_estimated", "contains_suspect", "misses_suppressed"]) {
      if ((payload.marks[mark] || []).includes(area)) result.push(["mark", words[mark]]);
    }
    return result;
  }

  function card(element, rows) {
    element.replaceChildren(...rows.filter(([, text]) => text).map(([name, text]) => {
      const row = document.createElement("span");
      row.className = "area-card-" + name.replace(" ", " area-card-");
      row.textContent = text;
      return row;
    }));
  }

  cityvitals.areaText = { number, fill, verdict, lines, card };
})();
