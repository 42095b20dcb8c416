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
    if (payload.notes) return [...result, ["rank", payload.notes[area] || MISSING]];
    const state = cityvitals.areaValues.STATUSES[status[area]];
    const value = number(values[area], payload.format, Boolean(payload.change));
    result.push(["value", value], ["unit", value === MISSING ? "" : payload.format.unit]);
    if (state !== "valid") result.push(["status", words[state]]);
    if (shown.ranks.ranks[area]) {
      result.push(["rank", fill(words.rank, { rank: shown.ranks.ranks[area], count: shown.ranks.count })]);
    }
    const detail = detailOf(shown, area);
    if (typeof detail.previous === "number" && !Number.isNaN(detail.previous) && !Number.isNaN(values[area])) {
      const change = values[area] - detail.previous;
      const arrow = change > 0 ? "▲ " : change < 0 ? "▼ " : "";
      const text = arrow + number(change, payload.format, true);
      result.push(["change " + verdict(change, payload.direction), fill(words.change, { change: text, period: payload.previous_period })]);
    }
    return result.concat(originLines(detail, words));
  }

  // Where a value comes from and what it was before: told with all values, or for this area alone.
  function detailOf({ payload, previous, told }, area) {
    const before = previous ? { previous: previous[area] } : {};
    if (!payload.origin) return { ...before, ...told.get(area) };
    const marks = Object.keys(payload.marks).filter((mark) => payload.marks[mark].includes(area));
    return { ...before, origin: payload.origin[area], coverage: payload.coverage[area], marks };
  }

  function originLines({ origin, coverage, marks }, words) {
    if (!origin) return [];
    if (origin === 1) return [["origin", words.recorded]];
    const [contributing, children] = coverage;
    return [["origin", fill(words.rolled_up, { contributing, children })], ...marks.map((mark) => ["mark", words[mark]])];
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
