/* ppe.modelRoofline(host, view, tools): layers under the accelerator's roofs. */
"use strict";
(function () {
  const { el, format } = ppe;

  const WAY_COLORS = { activations: 1, results: 3, parameters: 2, dram: 4, "host-link": 5, peak: 0 };

  ppe.modelRoofline = function (host, view, tools) {
    const { data } = view;
    const { roofline } = data;
    if (roofline.points.length === 0) {
      host.append(el("p", { class: "empty" }, data.layers.length === 0
        ? "The answer holds no layers."
        : "No layer on " + (roofline.host ? "the host" : "the accelerator") + " has multiply-accumulates."));
      return;
    }
    if (roofline.ways.length === 0) {
      host.append(el("p", { class: "empty" }, `The peak of ${format.rate(roofline.peak)} is the only roof that is known: answers do not count the bytes of ${roofline.host ? "the host's memory" : "any way"}.`));
      return;
    }
    const placeOf = new Map();
    data.layers.forEach((layer, i) => placeOf.set(layer.name, i));
    const name = (id) => (id === "peak" ? "peak" : roofline.ways.find((way) => way.id === id).name);
    let chosen = "lowest";
    const longest = Math.max(...roofline.points.map((point) => point.us));

    function option(colors) {
      const color = (id) => colors.causes[WAY_COLORS[id]];
      const dots = roofline.points.map((point) => {
        const lowest = Object.keys(point.intensity)[0];
        const on = chosen === "lowest" ? (point.boundBy === "peak" ? lowest : point.boundBy) : chosen;
        return { point, x: point.intensity[on], group: chosen === "lowest" ? point.boundBy : chosen };
      }).filter((dot) => dot.x > 0);
      const xs = dots.map((dot) => dot.x);
      const ways = roofline.ways.filter((way) => chosen === "lowest" || way.id === chosen);
      const ridges = ways.map((way) => roofline.peak / way.bytesPerSecond);
      const low = 10 ** Math.floor(Math.log10(Math.min(...xs, ...ridges) / 1.5));
      const high = 10 ** Math.ceil(Math.log10(Math.max(...xs, ...ridges) * 1.5));
      const floor = 10 ** Math.floor(Math.log10(Math.min(...dots.map((dot) => dot.point.attained)) / 1.2));
      const groups = [...new Set(dots.map((dot) => dot.group))];
      const roofName = (way) => `${way.name}, ${format.bandwidth(way.bytesPerSecond)}`;
      const line = (way) => {
        const ridge = roofline.peak / way.bytesPerSecond;
        const from = Math.max(low, floor / way.bytesPerSecond);
        return {
          name: roofName(way), type: "line", symbol: "none", silent: true, z: 1, color: color(way.id), lineStyle: { width: 1.5, type: "solid", opacity: 0.9 },
          data: [[from, from * way.bytesPerSecond], [ridge, roofline.peak]],
          endLabel: { show: false }, tooltip: { show: false },
        };
      };
      return {
        grid: { left: 12, right: 22, top: 46, bottom: 34, containLabel: true },
        legend: { top: 0, left: 0, type: "scroll", itemWidth: 12, itemHeight: 10, data: [...groups.map((group) => ({ name: "below " + name(group), icon: "circle" })), ...ways.map((way) => ({ name: roofName(way), icon: "path://M0 4h12v2h-12z" }))] },
        xAxis: { type: "log", min: low, max: high, name: "multiply-accumulates for each byte", nameLocation: "middle", nameGap: 26, axisLabel: { formatter: ppe.axis(format.count) }, minorSplitLine: { show: false } },
        yAxis: { type: "log", min: floor, name: "MAC/s", nameLocation: "end", axisLabel: { formatter: ppe.axis(format.count) } },
        dataZoom: [{ type: "inside", xAxisIndex: 0, filterMode: "none", zoomOnMouseWheel: "ctrl" }],
        tooltip: {
          trigger: "item",
          formatter: ({ data: item }) => item.point ? ppe.tip(item.point.name, [["kind", item.point.kind], ["attained", format.rate(item.point.attained)],
            ["roof", format.rate(item.point.roof)], ["share of the roof", format.percent(item.point.attained / item.point.roof)],
            ["lowest roof", name(item.point.boundBy), color(item.point.boundBy)], ["time", format.time(item.point.us)],
            ...Object.entries(item.point.intensity).map(([id, x]) => ["MACs a byte, " + name(id), format.count(Number(x.toPrecision(3)))])]) : "",
        },
        series: [
          { name: "peak", type: "line", symbol: "none", silent: true, z: 1, color: colors.text, lineStyle: { width: 1.5, type: "dashed" },
            data: [[low, roofline.peak], [high, roofline.peak]], label: { show: false },
            markPoint: { symbol: "rect", symbolSize: 0.1, silent: true, data: [{ coord: [high, roofline.peak], label: { show: true, position: "left", offset: [0, -10], formatter: "peak " + format.rate(roofline.peak), color: colors.muted, fontSize: 11 } }] } },
          ...ways.map(line),
          ...groups.map((group) => ({
            name: "below " + name(group), type: "scatter", color: color(group), z: 3,
            itemStyle: { opacity: 0.82, borderColor: colors.surface, borderWidth: 1 },
            emphasis: { itemStyle: { borderColor: colors.text, borderWidth: 2, opacity: 1 } },
            data: dots.filter((dot) => dot.group === group).map((dot) => ({ value: [dot.x, dot.point.attained], point: dot.point, symbolSize: 7 + 19 * Math.sqrt(dot.point.us / longest) })),
          })),
        ],
      };
    }

    const chart = ppe.chart(host, option, {
      height: 400, label: "Roofline",
      summary: `${roofline.points.length} layers; peak ${format.rate(roofline.peak)}` + (roofline.whole ? `; all together attain ${format.rate(roofline.whole.attained)}` : ""),
      on: { click: (event) => {
        const at = event.data && event.data.point && placeOf.get(event.data.point.name);
        if (at !== undefined) view.select({ layer: at, block: view.blockOf[at] });
      } },
    });
    view.charts.push(chart);
    if (roofline.ways.length > 1) {
      ppe.select(tools, { label: "Roofs", value: chosen, options: [{ value: "lowest", title: "each layer's lowest" }, ...roofline.ways.map((way) => ({ value: way.id, title: way.name }))], onChange: (value) => {
        chosen = value;
        chart.set(option);
      } });
    }
    if (roofline.others > 0) {
      host.append(el("p", { class: "small muted" }, `${roofline.others} more ${roofline.others === 1 ? "layer has" : "layers have"} no multiply-accumulates${roofline.host ? "" : ", or the host runs them"}.`));
    }
  };
})();
