/*
 * The charts of a model's page, each on a view of model.js:
 *
 *   ppe.modelLayers(host, view)     time and energy by layer, and the table of layers
 *   ppe.modelRoofline(host, view)   layers under the accelerator's roofs
 *   ppe.modelCourse(host, view)     memory, engines and power over the inference
 */
"use strict";
(function () {
  const { el, format } = ppe;
  const MANY = 80;

  function sum(values) {
    return values.reduce((total, value) => total + value, 0);
  }

  /* Layers, one bar each. */

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

  /* Rooflines. */

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

  /* The course of an inference. */

  ppe.modelCourse = function (host, view) {
    const { data } = view;
    const { course } = data;
    if (!course) {
      host.append(el("p", { class: "empty" }, data.fidelity === "analytical"
        ? "Closed formulas give no course over time: --fidelity cycle does."
        : "The answer holds no timeline."));
      return;
    }
    const slice = course.endUs / course.slices;
    const layerAt = (us) => data.layers.find((layer) => layer.startUs <= us && us < layer.finishUs);
    const engines = course.engines;
    const step = (most) => 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, most) / 4)));
    const parameterStep = step(Math.max(...course.parameterMemory.map(([, bytes]) => bytes), 1));
    const power = course.powerMw.some((mw) => mw > 0);
    const inUse = (levels) => levels.some(([, bytes]) => bytes > 0);
    const peMemory = inUse(course.peMemory);
    const parameterMemory = inUse(course.parameterMemory);

    function option(colors) {
      const rows = [
        peMemory && { title: "PE memory, of one PE", id: "pe", height: 104, unit: format.bytes, max: data.memory.peMemoryBytes || undefined, interval: data.memory.peMemoryBytes / 4 || undefined },
        parameterMemory && { title: "Parameter memory, of all PEs", id: "parameters", height: 76, unit: format.bytes, interval: parameterStep, max: parameterStep * Math.ceil(Math.max(...course.parameterMemory.map(([, bytes]) => bytes), 1) / parameterStep) },
        { title: "Engines at work", id: "engines", height: 22 * engines.length + 6, unit: String, engines: true },
        power && { title: "Power", id: "power", height: 84, unit: format.power },
      ].filter(Boolean);
      const at = (id) => rows.findIndex((row) => row.id === id);
      let top = 26;
      rows.forEach((row) => {
        row.top = top;
        top += row.height + 34;
      });
      const area = (index, name, data, color, step) => ({
        name, type: "line", xAxisIndex: index, yAxisIndex: index, data, step, symbol: "none", color, sampling: "minmax",
        lineStyle: { width: 1.5 }, areaStyle: { opacity: 0.22 },
      });
      const heat = engines.flatMap((engine, row) => engine.busyPercent.map((busy, i) => [i * slice, row, (i + 1) * slice, busy])).filter((each) => each[3] > 0);
      const laneColors = engines.map((_, i) => colors.causes[[6, 5, 5, 4, 3, 0][i] ?? 0]);
      const byName = { host: 6, "link to the accelerator": 5, "link to the host": 5, DRAM: 4, "PE network": 3, "PE array": 0 };
      engines.forEach((engine, i) => (laneColors[i] = colors.causes[byName[engine.name] ?? 7]));
      const limit = data.memory.peMemoryBytes;
      return {
        grid: rows.map((row) => ({ left: 96, right: 20, top: row.top, height: row.height })),
        title: rows.map((row) => ({ text: row.title, top: row.top - 22, left: 0, textStyle: { fontSize: 12, fontWeight: 600 } })),
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        tooltip: {
          trigger: "axis", axisPointer: { type: "line" },
          formatter: (series) => {
            const us = series[0].axisValue;
            const layer = layerAt(us);
            const value = (steps) => {
              let bytes = 0;
              for (const [from, now] of steps) if (from <= us) bytes = now;
              return bytes;
            };
            const i = Math.min(course.slices - 1, Math.max(0, Math.floor(us / slice)));
            return ppe.tip(format.time(us) + (layer ? ", " + layer.name : ""), [
              ...(peMemory ? [["PE memory", format.bytes(value(course.peMemory)), colors.accent]] : []),
              ...(parameterMemory ? [["parameter memory", format.bytes(value(course.parameterMemory)), colors.causes[2]]] : []),
              ...engines.map((engine, e) => [engine.name, engine.busyPercent[i] + " %", laneColors[e]]),
              ...(power ? [["power", format.power(course.powerMw[i]), colors.causes[4]]] : [])]);
          },
        },
        xAxis: rows.map((row, i) => ({
          type: "value", gridIndex: i, min: 0, max: course.endUs, axisLabel: { show: i === rows.length - 1, formatter: ppe.axis(format.time), hideOverlap: true, showMaxLabel: false },
          axisTick: { show: i === rows.length - 1 }, splitLine: { show: false }, axisPointer: { show: true, label: { show: false } },
        })),
        yAxis: rows.map((row, i) => row.engines
          ? { type: "category", gridIndex: i, data: engines.map((engine) => engine.name), axisLabel: { fontSize: 10, width: 88, overflow: "truncate" }, axisTick: { show: false }, splitLine: { show: false }, inverse: true }
          : { type: "value", gridIndex: i, max: row.max, min: 0, interval: row.interval, splitNumber: 3, axisLabel: { formatter: ppe.axis(row.unit), hideOverlap: true } }),
        dataZoom: [{ type: "inside", xAxisIndex: rows.map((_, i) => i), zoomOnMouseWheel: "ctrl", filterMode: "none" },
          { type: "slider", xAxisIndex: rows.map((_, i) => i), height: 18, bottom: 2, filterMode: "none", labelFormatter: (v) => format.time(v) }],
        series: [
          peMemory && { ...area(at("pe"), "PE memory", course.peMemory, colors.accent, "end"),
            markLine: limit ? { silent: true, symbol: "none", lineStyle: { color: colors.bad, type: "dashed" }, label: { formatter: "size " + format.bytes(limit), position: "insideEndTop", color: colors.muted, fontSize: 11 }, data: [{ yAxis: limit }] } : undefined },
          parameterMemory && area(at("parameters"), "parameter memory", course.parameterMemory, colors.causes[2], "end"),
          {
            name: "engines", type: "custom", xAxisIndex: at("engines"), yAxisIndex: at("engines"), data: heat, encode: { x: [0, 2], y: 1 }, silent: true, clip: true,
            renderItem: (params, api) => {
              const from = api.coord([api.value(0), api.value(1)]);
              const to = api.coord([api.value(2), api.value(1)]);
              const full = 15;
              const tall = Math.max(1, (full * api.value(3)) / 100);
              return { type: "rect", shape: { x: from[0], y: from[1] + full / 2 - tall, width: to[0] - from[0] + 0.6, height: tall }, style: { fill: laneColors[api.value(1)] } };
            },
          },
          power && area(at("power"), "power", course.powerMw.map((mw, i) => [(i + 0.5) * slice, mw]), colors.causes[4]),
        ].filter(Boolean),
      };
    }
    const height = 26 + (peMemory ? 104 + 34 : 0) + (parameterMemory ? 76 + 34 : 0) + 22 * engines.length + 6 + 34 + (power ? 84 + 34 : 0) + 26;
    view.charts.push(ppe.chart(host, option, {
      height, label: "Memory, engines and power over one inference",
      summary: peMemory ? `PE memory peak ${format.bytes(data.memory.peMemoryPeakBytes)} of ${format.bytes(data.memory.peMemoryBytes)}` : "",
    }));
  };
})();
