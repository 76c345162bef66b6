/* ppe.modelLayers(host, view, tools): time and energy by layer, one bar each, and the table of layers. */
"use strict";
(function () {
  const { el, format } = ppe;
  const MANY = 80;

  function sum(values) {
    return values.reduce((total, value) => total + value, 0);
  }

  ppe.modelLayers = function (host, view, tools) {
    const { data } = view;
    let quantity = "time";
    let order = "run";
    const measured = data.layers.some((layer) => layer.energy);
    const indices = () => {
      const all = data.layers.map((_, i) => i);
      const of = (i) => (quantity === "time" ? data.layers[i].us : data.layers[i].uj || 0);
      return order === "run" ? all : all.sort((a, b) => of(b) - of(a));
    };
    let shown = indices();

    /** First layers of blocks, as many as there is room to name. */
    const named = new Set();
    let last = -Infinity;
    for (const { first } of data.blocks) {
      if (first - last >= data.layers.length / 30) named.add((last = first));
    }

    function option(colors) {
      const time = quantity === "time";
      const names = time ? data.causes : data.parts;
      const palette = time ? colors.causes : colors.parts;
      const values = (layer) => (time ? layer.time : layer.energy || []);
      const used = names.map((_, i) => data.layers.some((layer) => values(layer)[i] > 0));
      const unit = time ? format.time : format.energy;
      const legend = names.filter((_, i) => used[i]);
      return {
        grid: { left: 8, right: 12, top: 42, bottom: shown.length > MANY ? 46 : 12, containLabel: true },
        legend: { data: legend, top: 0, left: 0, itemWidth: 12, itemHeight: 9, type: "scroll" },
        xAxis: {
          type: "category", data: shown.map(String), name: "", axisTick: { show: false },
          // As they run, the blocks are named; otherwise the layers, as far as there is room.
          axisLabel: { show: order === "run" || shown.length <= 44, rotate: 45, width: 90, overflow: "truncate", fontSize: 10, hideOverlap: true,
            interval: order === "run" ? (i) => named.has(i) : 0,
            formatter: (i) => (order === "run" ? data.blocks[view.blockOf[i]].name : view.shortName(Number(i))) },
        },
        yAxis: { type: "value", axisLabel: { formatter: ppe.axis(unit) } },
        dataZoom: shown.length > MANY
          ? [{ type: "slider", height: 20, bottom: 10, labelFormatter: (_, i) => view.shortName(Number(i)) || "" }, { type: "inside", zoomOnMouseWheel: "ctrl" }]
          : [],
        tooltip: {
          trigger: "axis", axisPointer: { type: "shadow" },
          formatter: (series) => {
            const layer = data.layers[shown[series[0].dataIndex]];
            const parts = values(layer);
            return ppe.tip(layer.name, [["kind", layer.kind], [time ? "time" : "energy", unit(time ? layer.us : layer.uj || 0)],
              ...names.map((name, i) => [name, parts[i], palette[i]]).filter(([, part]) => part > 0)
                .sort((a, b) => b[1] - a[1]).map(([name, part, color]) => [name, unit(part), color])]);
          },
        },
        series: names.map((name, i) => ({
          name, type: "bar", stack: "all", data: shown.map((index) => values(data.layers[index])[i] || 0), color: palette[i],
          barCategoryGap: shown.length > 200 ? "0%" : "18%", large: false,
        })).filter((_, i) => used[i]),
      };
    }

    const chart = ppe.chart(host, option, {
      height: 340, label: "Time and energy of each layer",
      summary: "The slowest: " + [...data.layers].sort((a, b) => b.us - a.us).slice(0, 3).map((layer) => layer.name + " " + format.time(layer.us)).join(", "),
      on: { click: (event) => view.select({ layer: shown[event.dataIndex], block: view.blockOf[shown[event.dataIndex]] }) },
    });
    view.charts.push(chart);
    const again = () => {
      shown = indices();
      chart.set(option);
    };
    if (measured) {
      ppe.choices(tools, { label: "What bars show", value: quantity, options: [{ value: "time", title: "Time" }, { value: "energy", title: "Energy" }], onChange: (value) => {
        quantity = value;
        again();
      } });
    }
    ppe.choices(tools, { label: "Order of the bars", value: order, options: [{ value: "run", title: "As they run" }, { value: "largest", title: "Largest first" }], onChange: (value) => {
      order = value;
      again();
    } });
    table(host, view, measured);
  };

  function meter(parts, colors, length) {
    const total = sum(parts);
    return el("div", { class: "meter", style: { width: Math.max(2, length * 100) + "%" } },
      parts.map((part, i) => part > 0 && el("span", { style: { flex: part / total + " 1 0", background: `var(--${colors}-${i})` } })));
  }

  function table(host, view, measured) {
    const { data } = view;
    const most = Math.max(...data.layers.map((layer) => layer.us), 1e-12);
    const rows = data.layers.map((layer, index) => ({ layer, index }));
    const get = (name, fallback = 0) => (row) => row.layer[name] || fallback;
    const shown = (name, unit) => ({ value: get(name), text: (row) => (row.layer[name] ? unit(row.layer[name]) : "–"), right: true });
    const columns = [
      { key: "index", title: "#", hint: "Place in the order in which layers run", value: (row) => row.index, text: (row) => String(row.index + 1), right: true, width: "50px" },
      { key: "name", title: "Layer", value: get("name", ""), text: get("name", ""), width: "minmax(150px, 2.2fr)" },
      { key: "kind", title: "Kind", value: get("kind", ""), text: (row) => [row.layer.kind, row.layer.window].filter(Boolean).join(" "), width: "minmax(160px, 1.5fr)" },
      { key: "output", title: "Output", hint: "Shape of the result", value: get("output", ""), text: (row) => ppe.shape(row.layer.output), width: "minmax(112px, 0.9fr)" },
      { key: "us", title: "Time", hint: "Its part of the critical path: layers add up", value: get("us"), text: (row) => format.time(row.layer.us), right: true, width: "82px" },
      { key: "share", title: "Share", value: get("us"), text: (row) => format.percent(row.layer.us / view.totalUs), right: true, width: "68px" },
      { key: "time", title: "Causes", hint: "What the time goes to; sorts by compute", value: (row) => row.layer.time[0] / (row.layer.us || 1), text: () => "",
        render: (row) => meter(row.layer.time, "cause", row.layer.us / most), width: "minmax(76px, 0.8fr)" },
      { key: "boundBy", title: "Bound by", value: get("boundBy", ""), text: get("boundBy", ""), width: "136px" },
      { key: "macs", title: "MACs", ...shown("macs", format.count), width: "76px" },
      { key: "utilization", title: "Use", hint: "Share of the peak while it holds the cores", ...shown("utilization", format.percent), width: "66px" },
      ...(measured ? [{ key: "uj", title: "Energy", ...shown("uj", format.energy), width: "80px" }] : []),
      { key: "parameterBytes", title: "Params", hint: "Parameters as stored for the accelerator", ...shown("parameterBytes", format.bytes), width: "88px" },
    ].filter((column) => column.key !== "output" || data.layers.some((layer) => layer.output));
    const handle = ppe.table(host, {
      label: "Layers", rows, columns, height: 430, search: "Filter layers: name, kind, shape, bound by …",
      sort: { key: "us", descending: true },
      onSelect: (row) => view.select({ layer: row.index, block: view.blockOf[row.index] }),
    });
    handle.element.style.marginTop = "16px";
    const download = el("button", { class: "button", type: "button" }, "CSV");
    download.setAttribute("aria-label", "Download the layers in view as CSV");
    download.addEventListener("click", () => ppe.download(data.model.replace(/[^\w.-]+/g, "_") + "-layers.csv", "text/csv", csv(data, handle.rows())));
    handle.tools.append(download);
    view.onSelect(({ layer }) => handle.select(layer === undefined ? undefined : rows[layer], layer !== undefined));
    view.layerTable = handle;
  }

  function csv(data, rows) {
    const quoted = (value) => (/[",\n]/.test(String(value)) ? '"' + String(value).replace(/"/g, '""') + '"' : String(value));
    const fields = ["name", "kind", "us", "uj", "boundBy", "macs", "utilization", "parameterBytes", "dramBytes", "hostLinkBytes", "input", "output", "tiling"];
    const head = [...fields, ...data.causes.map((cause) => cause.replace(/ /g, "_") + "_us")];
    const lines = rows.map(({ layer }) => [...fields.map((field) => layer[field] ?? ""), ...layer.time].map(quoted).join(","));
    return [head.join(","), ...lines].join("\n") + "\n";
  }
})();
