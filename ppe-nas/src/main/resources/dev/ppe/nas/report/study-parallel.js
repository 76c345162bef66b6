/*
 * Parallel coordinates: a line for each trial over parameters and figures. A drag along an axis selects. Of many
 * trials some are drawn, evenly spread, and the front; the selection is of all.
 */
"use strict";
(function () {
  const { el } = ppe;
  const MOST_LINES = 800;
  const MOST_FAINT = 400;
  const MOST_AXES = 14;
  const FIRST_PARAMETERS = 6;

  function spread(list, most) {
    if (list.length <= most) return list;
    return Array.from({ length: most }, (_, k) => list[Math.floor((k * (list.length - 1)) / (most - 1))]);
  }

  ppe.study.parallel = function (host, data, selection) {
    const section = ppe.section(host, {
      id: "parallel", title: "Parameters and figures",
      text: "A line is a trial. Drag along an axis to select; drag more axes to narrow it down, click one to let it go.",
    });
    const counts = data.counts();
    if (counts.feasible + counts.over === 0) {
      section.body.append(el("p", { class: "empty" }, "No trial has figures to draw."));
      return undefined;
    }
    const important = data.important();
    const figures = data.numbers().filter((column) => column.axis).map((column) => column.key);
    const parameters = (important ? important.order.filter(({ share }) => share > 0).map(({ at }) => at)
      : data.facts.parameters.map((_, at) => at)).slice(0, FIRST_PARAMETERS).map((at) => "parameter-" + at);
    let axes = [...parameters, ...figures];
    const intervals = new Map();
    const note = el("p", { class: "small muted" });
    let handle;

    /* Which axes: a list of boxes to tick, in a fold. */
    const fold = el("details", { class: "axes" }, el("summary", {}, "Axes"));
    const boxes = el("div", { class: "axes-list" });
    const search = el("input", { class: "field", type: "search", placeholder: "Find a parameter", "aria-label": "Find a parameter" });
    const drawBoxes = () => {
      const words = search.value.toLowerCase();
      boxes.replaceChildren(...data.columns().filter((column) => column.title.toLowerCase().includes(words)).slice(0, 300).map((column) => {
        const box = el("input", { type: "checkbox", checked: axes.includes(column.key) });
        box.addEventListener("change", () => {
          const next = data.columns().map((each) => each.key)
            .filter((key) => (key === column.key ? box.checked : axes.includes(key)));
          if (next.length > MOST_AXES || next.length < 2) {
            box.checked = !box.checked;
            return;
          }
          axes = [...next.filter((key) => key.startsWith("parameter-")), ...next.filter((key) => !key.startsWith("parameter-"))];
          intervals.clear();
          selection.constrain("parallel");
          handle.set(option);
        });
        return el("label", {}, box, column.title);
      }));
    };
    search.addEventListener("input", ppe.frame(drawBoxes));
    fold.append(search, boxes);
    fold.addEventListener("toggle", () => fold.open && drawBoxes());

    const columns = () => axes.map((key) => data.column(key));

    function value(column, i) {
      const at = column.value(i);
      if (column.kind === "choice") return at < 0 ? "not in use" : column.labels[at];
      return at;
    }

    function lines(list) {
      const own = columns();
      return list.map((i) => own.map((column) => value(column, i)));
    }

    function series(colors) {
      const faint = [];
      const chosen = [];
      const front = [];
      for (let i = 0; i < data.count; i++) {
        if (!data.isPlotted(i) || data.repeatOf[i] >= 0) continue;
        if (!selection.mask[i]) faint.push(i);
        else if (data.front.has(i)) front.push(i);
        else chosen.push(i);
      }
      const drawn = spread(chosen, MOST_LINES);
      const few = spread(front, MOST_LINES);
      note.textContent = drawn.length < chosen.length || few.length < front.length
        ? ppe.format.number(drawn.length + few.length) + " of " + ppe.format.number(chosen.length + front.length) +
          " selected trials are drawn, evenly spread over the search; selections are of all."
        : "";
      const of = (id, name, list, color, width, opacity, z) => ({
        id, name, type: "parallel", data: lines(list), lineStyle: { color, width, opacity }, z, silent: true,
        progressive: 0, inactiveOpacity: opacity, activeOpacity: opacity, smooth: false,
      });
      const thin = drawn.length > 150;
      return [
        of("faint", "not selected", selection.isEverything() ? [] : spread(faint, MOST_FAINT), colors.lineStrong, 1, 0.12, 1),
        of("chosen", "selected", drawn, colors.accent, 1, thin ? 0.22 : 0.5, 2),
        of("on-front", "Pareto front", few, colors.second, 1.4, few.length > 60 ? 0.6 : 0.9, 3),
      ];
    }

    function shortened(text) {
      return text.length > 16 ? text.slice(0, 7) + "…" + text.slice(-8) : text;
    }

    function option(colors) {
      const own = columns();
      return {
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, data: ["selected", "Pareto front"] },
        parallel: {
          left: 46, right: 64, top: 78, bottom: 18, axisExpandable: false,
          parallelAxisDefault: {
            realtime: false, nameLocation: "end", nameGap: 10,
            nameTextStyle: { color: colors.muted, fontSize: 11, rotate: 0, align: "center" },
            axisLine: { lineStyle: { color: colors.lineStrong } }, axisLabel: { color: colors.muted, fontSize: 10 },
            areaSelectStyle: { width: 18, borderWidth: 1, borderColor: colors.accent, color: colors.accent, opacity: 0.25 },
          },
        },
        parallelAxis: own.map((column, dim) => {
          const name = dim % 2 === 0 ? shortened(column.title) : shortened(column.title) + "\n";
          if (column.kind === "choice") {
            const used = new Set();
            for (let i = 0; i < data.count; i++) used.add(column.value(i));
            const labels = column.labels.filter((_, at) => used.has(at));
            return {
              dim, name, type: "category", data: used.has(-1) ? ["not in use", ...labels] : labels,
              axisLabel: { formatter: shortened, interval: labels.length > 24 ? "auto" : 0 },
            };
          }
          return { dim, name, type: "value", scale: true, inverse: !column.gain, axisLabel: { formatter: column.format } };
        }),
        series: series(colors),
      };
    }

    /** What an axis selects, as a test of a trial. */
    function test(column, spans, labels) {
      if (column.kind === "choice") {
        const taken = new Set(labels.filter((_, at) => spans.some(([from, to]) => at >= from && at <= to)));
        return (i) => taken.has(value(column, i));
      }
      return (i) => spans.some(([from, to]) => column.value(i) >= from && column.value(i) <= to);
    }

    const take = () => {
      const current = handle.chart.getOption();
      const tests = [];
      const texts = [];
      columns().forEach((column, dim) => {
        const spans = intervals.get(dim);
        if (!spans || spans.length === 0) return;
        const axis = current.parallelAxis[dim];
        tests.push(test(column, spans, axis.data || []));
        texts.push(column.kind === "choice"
          ? column.name + ": " + axis.data.filter((_, at) => spans.some(([from, to]) => at >= from && at <= to)).join(", ")
          : column.name + " " + spans.map(([from, to]) => column.format(from) + " to " + column.format(to)).join(", "));
      });
      selection.constrain("parallel", tests.length === 0 ? undefined : {
        test: (i) => data.isPlotted(i) && tests.every((each) => each(i)),
        text: texts.join("; "),
        clear: () => {
          intervals.clear();
          handle.set(option);
        },
      });
    };

    section.element.querySelector("header").append(fold);
    const scroll = el("div", { class: "scroll-x", tabindex: 0, "aria-label": "Parallel coordinates, wider than a phone" });
    section.body.append(scroll, note);
    const inner = el("div", { class: "parallel-chart" });
    scroll.append(inner);
    handle = ppe.chart(inner, option, {
      height: "clamp(320px, 52vh, 500px)", label: "Parallel coordinates of parameters and figures",
      summary: "Filters below select the same by keyboard",
      on: {
        axisareaselected: (event) => {
          const all = event.parallelAxisIndex !== undefined ? [event] : event.batch || [event];
          for (const each of all) {
            const dim = handle.chart.getOption().parallelAxis.findIndex((axis) => axis.id === each.parallelAxisId);
            if (dim >= 0) intervals.set(dim, (each.intervals || []).map((span) => [Math.min(...span), Math.max(...span)]));
          }
          take();
        },
      },
    });

    const redraw = ppe.frame(() => handle.chart.setOption({ series: series(ppe.colors()) }));
    selection.onChange(redraw);
    return { handle, redraw, whole: () => handle.set(option) };
  };
})();
