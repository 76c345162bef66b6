/* What matters, and how the search went: importances, the best so far, and the hypervolume of the front. */
"use strict";
(function () {
  const { el } = ppe;
  const MOST_BARS = 15;
  const LARGE = 2000;

  ppe.study.importance = function (host, data) {
    const section = ppe.section(host, {
      id: "importance", title: "Which parameters matter",
      text: "The share of a figure's variance that each parameter accounts for, in what was tried.",
    });
    const body = el("div");
    section.body.append(body);
    let chosen;
    let shown = 0;
    function draw() {
      const all = data.progress.importances;
      shown = all.length;
      body.replaceChildren();
      section.tools.replaceChildren();
      if (all.length === 0) {
        body.append(el("p", { class: "empty" }, "Too few trials to tell: 25 with figures are needed, and figures that differ."));
        return;
      }
      const usual = (data.important() || all[0]).label;
      if (!all.some((each) => each.label === chosen)) chosen = usual;
      ppe.select(section.tools, {
        label: "of", options: all.map((each) => ({ value: each.label, title: each.label })), value: chosen,
        onChange: (label) => {
          chosen = label;
          bars();
        },
      });
      const place = el("div");
      body.append(place);
      bars();
      function bars() {
        const found = data.important(chosen);
        const top = found.order.filter(({ share }) => share >= 0.0005).slice(0, MOST_BARS);
        place.replaceChildren();
        const fit = found.fit;
        if (fit < 0.5) {
          place.append(ppe.note("The model behind this explains " + (fit > 0 ? ppe.format.percent(fit) : "nothing") +
            " of " + chosen + " in trials that it did not see: what parameters do only together, it cannot see.", true));
        }
        if (top.length === 0) {
          place.append(el("p", { class: "empty" }, "No parameter matters by itself."));
        } else {
          ppe.chart(place, (colors) => ({
            grid: { left: 8, right: 52, top: 4, bottom: 4, containLabel: true },
            xAxis: { type: "value", show: false, max: (range) => range.max * 1.02 },
            yAxis: {
              type: "category", inverse: true, data: top.map(({ at }) => data.facts.parameters[at].name),
              axisTick: { show: false }, axisLine: { show: false },
              axisLabel: { color: colors.text, width: 150, overflow: "truncate" },
            },
            series: [{
              type: "bar", barWidth: "62%", data: top.map(({ share }) => share),
              itemStyle: { color: colors.accent, borderRadius: [0, 3, 3, 0] },
              label: { show: true, position: "right", color: colors.muted, formatter: ({ value }) => ppe.format.percent(value) },
            }],
          }), {
            height: 26 + 24 * top.length, label: "Importance of parameters for " + chosen,
            summary: top.slice(0, 5).map(({ at, share }) => data.facts.parameters[at].name + " " + ppe.format.percent(share)).join(", "),
          });
        }
        place.append(el("p", { class: "small muted" },
          "From " + ppe.format.number(found.trials) + " trials: how much worse a fit becomes when a parameter's choices are shuffled. " +
          "The fit adds up an amount for each choice, and explains " + ppe.format.percent(Math.max(0, fit)) +
          " of the variance in trials that it did not see. Parameters that always changed together share what either does."));
      }
    }
    draw();
    return { redraw: () => (data.progress.importances.length !== shown ? draw() : undefined), whole: draw };
  };

  /** Steps as points of a line, up to the last trial. */
  function line(trials, values, last) {
    const points = trials.map((trial, k) => [trial, values[k]]);
    if (points.length > 0) points.push([last, points[points.length - 1][1]]);
    return points;
  }

  ppe.study.convergence = function (host, data, open) {
    const section = ppe.section(host, {
      id: "convergence", title: "How the search went",
      text: "Every trial in its order, and the best so far of those that keep the limits.",
    });
    const place = el("div", { class: "columns" });
    section.body.append(place);
    const handles = [];
    function curve(each) {
      const column = data.ofMetric(each.metric || each.label);
      const shown = [];
      const option = (colors) => {
        const clouds = { in: [], out: [] };
        shown.length = 0;
        for (let i = 0; i < data.count; i++) {
          if (!data.isPlotted(i)) continue;
          clouds[data.state[i] === ppe.study.STATE.FEASIBLE ? "in" : "out"].push([i, column.value(i)]);
        }
        const cloud = (id, list, color, name) => ({
          id, name, type: "scatter", data: list, large: true, largeThreshold: LARGE, symbolSize: data.count > LARGE ? 2.5 : 5,
          itemStyle: { color, opacity: 0.45 },
        });
        return {
          grid: { left: 66, right: 16, top: 34, bottom: 42 },
          legend: {
            top: 0, left: 0, itemWidth: 12, itemHeight: 10,
            data: ["trials", "best so far", ...(clouds.out.length > 0 ? ["over the limits"] : [])],
          },
          xAxis: { type: "value", min: 0, max: Math.max(1, data.count - 1), name: "trial", nameLocation: "middle", nameGap: 24 },
          yAxis: { type: "value", scale: true, axisLabel: { formatter: ppe.axis(column.format) } },
          tooltip: { trigger: "item", formatter: (item) => ppe.tip("trial " + item.value[0], [[column.title, column.format(item.value[1])]]) },
          series: [
            cloud("out", clouds.out, colors.warnLine, "over the limits"),
            cloud("in", clouds.in, colors.accent, "trials"),
            {
              id: "best", name: "best so far", type: "line", step: "end", symbol: "none",
              data: line(each.trials, each.values, data.count - 1), lineStyle: { width: 2.5, color: colors.second },
              itemStyle: { color: colors.second }, z: 4,
            },
          ],
        };
      };
      const box = el("div", {}, el("h3", {}, column.title));
      place.append(box);
      const last = each.values[each.values.length - 1];
      handles.push(ppe.chart(box, option, {
        height: 260, label: "Best " + column.title + " over the trials",
        summary: last === undefined ? "nothing keeps the limits" : "best so far " + column.format(last),
        on: { click: (item) => item.seriesId !== "best" && open(item.value[0]) },
      }));
    }
    function volume() {
      const found = data.progress.hypervolume;
      if (!found) return;
      const box = el("div", {}, el("h3", {}, "hypervolume of the front"));
      place.append(box);
      handles.push(ppe.chart(box, (colors) => ({
        grid: { left: 56, right: 16, top: 34, bottom: 42 },
        xAxis: { type: "value", min: 0, max: Math.max(1, data.count - 1), name: "trial", nameLocation: "middle", nameGap: 24 },
        yAxis: { type: "value", min: 0, axisLabel: { formatter: ppe.format.percent } },
        tooltip: { trigger: "axis", formatter: ([item]) => ppe.tip("trial " + Math.round(item.value[0]), [["hypervolume", ppe.format.percent(item.value[1])]]) },
        series: [{
          type: "line", step: "end", symbol: "none", data: line(found.trials, found.values, data.count - 1),
          lineStyle: { width: 2, color: colors.accent }, areaStyle: { color: colors.accent, opacity: 0.14 },
        }],
      }), { height: 232, label: "Hypervolume of the Pareto front over the trials" }));
      box.append(el("p", { class: "small muted" }, "Share of the box from " +
        found.axes.map((axis) => axis.metric + " " + data.column(axis.column).format(axis.reference)).join(", ") + " to the best of each, " +
        found.axes.map((axis) => data.column(axis.column).format(axis.ideal)).join(", ") + ", that the front dominates."));
    }
    function draw() {
      handles.splice(0).forEach((handle) => handle.dispose());
      place.replaceChildren();
      const having = data.progress.convergence.filter((each) => data.ofMetric(each.metric || each.label));
      if (having.length === 0) {
        place.append(el("p", { class: "empty" }, "No trial has figures yet."));
        return;
      }
      having.forEach(curve);
      volume();
      if (!data.progress.hypervolume && data.progress.front.length > 0 && data.numbers().filter((column) => column.axis).length > 3) {
        place.append(el("p", { class: "small muted" }, "The hypervolume is computed of two and three figures, and not of more."));
      }
    }
    draw();
    return { whole: draw };
  };
})();
