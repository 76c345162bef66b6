/*
 * ppe.modelCompare(host, view, other): two models side by side: totals, what time and energy go to, time over
 * the course of the layers, and layers paired in their order.
 *
 * Pairing is Needleman and Wunsch's alignment by name, kind and shape, as in ppe estimate --compare; a layer
 * without a partner is new or gone.
 */
"use strict";
(function () {
  const { el, format } = ppe;
  const MOST_CELLS = 4e6;

  function likeness(a, b) {
    const kind = a.kind === b.kind ? 4 : a.kind.split("+")[0] === b.kind.split("+")[0] ? 3 : 0;
    const named = a.name === b.name;
    if (!named && !kind) return -1;
    const work = Math.max(a.macs || 0, b.macs || 0) <= 4 * Math.min(a.macs || 0, b.macs || 0) || (a.macs || 0) === (b.macs || 0);
    if (!named && !work) return -1;
    return (named ? 5 : 0) + kind + (a.output && a.output === b.output ? 4 : 0) + (a.macs === b.macs ? 1 : 0);
  }

  /** Pairs of places; one of the two is undefined where there is no partner. */
  ppe.pairLayers = function (first, second) {
    const [n, m] = [first.length, second.length];
    const pairs = [];
    if (n * m > MOST_CELLS) { // by name alone, then
      const places = new Map(second.map((layer, j) => [layer.name, j]));
      first.forEach((layer, i) => {
        pairs.push([i, places.get(layer.name)]);
        places.delete(layer.name);
      });
      places.forEach((j) => pairs.push([undefined, j]));
      return pairs;
    }
    const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        const score = likeness(first[i], second[j]);
        best[i][j] = Math.max(score < 0 ? -1 : score + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1]);
      }
    }
    let [i, j] = [0, 0];
    while (i < n && j < m) {
      const score = likeness(first[i], second[j]);
      if (score >= 0 && best[i][j] === score + best[i + 1][j + 1]) pairs.push([i++, j++]);
      else if (best[i][j] === best[i + 1][j]) pairs.push([i++, undefined]);
      else pairs.push([undefined, j++]);
    }
    while (i < n) pairs.push([i++, undefined]);
    while (j < m) pairs.push([undefined, j++]);
    return pairs;
  };

  function bars(host, title, sides, names, colors, unit) {
    const totals = sides.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
    const most = Math.max(...totals, 1e-12);
    const box = el("div", { class: "compare-bars" }, el("h3", {}, title));
    sides.forEach(({ label, values, mark }, s) => {
      box.append(el("div", { class: "row" },
        el("span", { class: "name swatch-" + mark, title: label }, label),
        el("div", { class: "track", role: "img", "aria-label": label + ": " + names.map((name, i) => [name, values[i]]).filter(([, value]) => value > 0).map(([name, value]) => name + " " + unit(value)).join(", ") },
          values.map((value, i) => value > 0 && el("span", { title: names[i] + ": " + unit(value), style: { width: (value / most) * 100 + "%", background: `var(--${colors}-${i})` } }))),
        el("span", { class: "value" }, unit(totals[s]))));
    });
    box.append(el("ul", { class: "legend" }, names.map((name, i) => sides.some(({ values }) => values[i] > 0) &&
      el("li", {}, el("span", { class: "dot", style: { background: `var(--${colors}-${i})` } }), name,
        el("b", { class: "muted" }, change(sides[0].values[i], sides[1].values[i], unit))))));
    host.append(box);
  }

  function change(before, after, unit) {
    const difference = after - before;
    if (Math.abs(difference) <= 1e-5 * Math.max(before, after)) return "±0";
    return (difference > 0 ? "+" : difference < 0 ? "−" : "±") + unit(Math.abs(difference));
  }

  ppe.modelCompare = function (host, view, other) {
    const { data } = view;
    const label = (side) => side.model + (data.accelerator === other.accelerator && data.model !== other.model ? "" : " on " + side.accelerator);
    const pairs = ppe.pairLayers(data.layers, other.layers);
    const grid = el("div", { class: "columns" });
    host.append(grid);
    const side = (key) => [{ label: label(data), values: data[key], mark: "first" }, { label: label(other), values: other[key], mark: "second" }];
    const left = el("div");
    const right = el("div");
    grid.append(left, right);
    bars(left, "Time", side("time"), data.causes, "cause", format.time);
    if (data.figures.energyUj > 0 && other.figures.energyUj > 0) bars(right, "Energy", side("energy"), data.parts, "part", format.energy);

    const cumulative = (layers) => {
      let sum = 0;
      return [[0, 0], ...layers.map((layer, i) => [((i + 1) / layers.length) * 100, (sum += layer.us)])];
    };
    if (data.layers.length > 0 && other.layers.length > 0) {
      const header = el("h3", { style: { "margin-top": "20px" } }, "Time of the layers, added up from the first to the last");
      host.append(header);
      view.charts.push(ppe.chart(host, (colors) => ({
        grid: { left: 8, right: 18, top: 34, bottom: 28, containLabel: true },
        legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 3, icon: "rect" },
        tooltip: { trigger: "axis", formatter: (series) => ppe.tip(series[0].axisValue.toFixed(0) + " % of the layers", series.map((each) => [each.seriesName, format.time(each.data[1]), each.color])) },
        xAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value} %" }, splitLine: { show: false } },
        yAxis: { type: "value", axisLabel: { formatter: ppe.axis(format.time) } },
        series: [[data, colors.first, " "], [other, colors.second, ""]].map(([model, color, same]) => ({
          name: label(model) + (label(data) === label(other) ? same : ""), type: "line", symbol: "none", color, lineStyle: { width: 2.5 }, data: cumulative(model.layers),
        })),
      }), { height: 240, label: "Time of the layers, added up" }));

      const us = (layer) => (layer ? layer.us : 0);
      const rows = pairs.map(([i, j], place) => ({ place, a: data.layers[i], b: other.layers[j], i, difference: us(other.layers[j]) - us(data.layers[i]) }));
      const time = (layer) => (layer ? format.time(layer.us) : "–");
      const most = Math.max(...rows.map((row) => Math.abs(row.difference)), 1e-12);
      const handle = ppe.table(host, {
        label: "Layers of both", rows, height: 380, search: "Filter layers of both …", sort: { key: "size", descending: true },
        onSelect: (row) => row.i !== undefined && view.select({ layer: row.i, block: view.blockOf[row.i] }),
        columns: [
          { key: "place", title: "#", value: (row) => row.place, text: (row) => String(row.place + 1), right: true, width: "46px" },
          { key: "a", title: "First", hint: label(data), value: (row) => (row.a ? row.a.name : ""), text: (row) => (row.a ? row.a.name : "–"), width: "minmax(150px, 1.6fr)" },
          { key: "b", title: "Second", hint: label(other), value: (row) => (row.b ? row.b.name : ""), text: (row) => (row.b ? row.b.name : "–"), width: "minmax(150px, 1.6fr)" },
          { key: "kind", title: "Kind", value: (row) => (row.a || row.b).kind, text: (row) => (row.a && row.b && row.a.kind !== row.b.kind ? row.a.kind + " → " + row.b.kind : (row.a || row.b).kind), width: "minmax(120px, 1.1fr)" },
          { key: "ta", title: "Time, first", hint: "Time in " + label(data), value: (row) => us(row.a), text: (row) => time(row.a), right: true, width: "104px" },
          { key: "tb", title: "Time, second", hint: "Time in " + label(other), value: (row) => us(row.b), text: (row) => time(row.b), right: true, width: "126px" },
          { key: "size", title: "Change", hint: "Sorts by its size", value: (row) => Math.abs(row.difference), text: (row) => change(us(row.a), us(row.b), format.time), right: true, width: "96px",
            render: (row) => el("span", { class: row.difference < 0 ? "better" : row.difference > 0 ? "worse" : "" }, change(us(row.a), us(row.b), format.time)) },
          { key: "bar", title: "", hint: "Faster to the left, slower to the right", value: (row) => row.difference, text: () => "", width: "120px",
            render: (row) => el("div", { style: { position: "relative", height: "10px", background: "linear-gradient(90deg, transparent calc(50% - 0.5px), var(--line-strong) 0, var(--line-strong) calc(50% + 0.5px), transparent 0)" } },
              el("div", { style: { position: "absolute", top: 0, bottom: 0, [row.difference < 0 ? "right" : "left"]: "50%", width: (Math.abs(row.difference) / most) * 50 + "%", background: row.difference < 0 ? "var(--good)" : "var(--bad)", "border-radius": "2px" } })) },
        ],
      });
      handle.element.style.marginTop = "16px";
    }
  };
})();
