/* Charts: ECharts in the page's colours, and a bar of shares. */
"use strict";
(function () {
  const ppe = window.ppe;
  const el = ppe.el;

  /** A bar of parts [{name, value, color, text}], the legend below with those that count. */
  ppe.shareBar = function (host, parts, label) {
    const total = parts.reduce((sum, part) => sum + part.value, 0);
    const shown = parts.filter((part) => part.value > 0).sort((a, b) => b.value - a.value);
    const bar = el("div", { class: "share-bar", role: "img", "aria-label": label + ": " +
        shown.map((part) => part.name + " " + ppe.format.percent(part.value / total)).join(", ") },
      shown.map((part) => el("span", {
        style: { flex: part.value / total + " 1 0", background: part.color },
        title: part.name + ": " + part.text + ", " + ppe.format.percent(part.value / total),
      })));
    const legend = el("ul", { class: "legend" }, shown.map((part) =>
      el("li", { title: part.text }, el("span", { class: "dot", style: { background: part.color } }),
        part.name, el("b", {}, ppe.format.percent(part.value / total)))));
    host.append(bar, legend);
  };

  function chartTheme(colors) {
    const axis = {
      axisLine: { lineStyle: { color: colors.lineStrong } },
      axisTick: { lineStyle: { color: colors.lineStrong } },
      axisLabel: { color: colors.muted, fontSize: 11 },
      nameTextStyle: { color: colors.muted, fontSize: 11 },
      splitLine: { lineStyle: { color: colors.line } },
      splitArea: { show: false },
    };
    return {
      color: colors.causes,
      backgroundColor: "transparent",
      textStyle: { fontFamily: colors.font, color: colors.text },
      title: { textStyle: { color: colors.text, fontSize: 13 } },
      legend: { textStyle: { color: colors.muted, fontSize: 11 }, inactiveColor: colors.lineStrong },
      categoryAxis: axis, valueAxis: axis, logAxis: axis, timeAxis: axis,
      parallel: {},
    };
  }

  const charts = new Set();
  ppe.theme.onChange(() => { // those in view first
    const away = ({ element }) => Math.abs(element.getBoundingClientRect().top);
    if (ppe.theme.printing) charts.forEach((chart) => chart.recolor());
    else ppe.inTurn([...charts].sort((a, b) => away(a) - away(b)).map((chart) => () => chart.recolor()));
  });

  /**
   * A chart of ECharts in host.
   * option: an object, or a function from colours to one, so that it follows light and dark.
   * settings: height in pixels or as CSS; label and summary for those who hear it; on: events.
   * Returns {chart, element, set(option), dispose()}.
   */
  ppe.chart = function (host, option, settings = {}) {
    const height = typeof settings.height === "number" ? settings.height + "px" : settings.height || "320px";
    const element = el("div", { class: "chart", style: { height }, role: "img",
      "aria-label": [settings.label, settings.summary].filter(Boolean).join(". ") });
    host.append(element);
    const name = () => (ppe.theme.dark() ? "ppe-dark" : "ppe-light");
    const register = () => echarts.registerTheme(name(), chartTheme(ppe.colors()));
    register();
    const chart = echarts.init(element, name(), { renderer: "canvas" });
    let current = option;
    const evaluated = () => {
      const colors = ppe.colors();
      const value = typeof current === "function" ? current(colors) : current;
      const tooltip = value.tooltip && {
        confine: true, transitionDuration: 0, backgroundColor: colors.surface, borderColor: colors.line,
        textStyle: { color: colors.text, fontSize: 12 }, extraCssText: "box-shadow: var(--shadow)",
        ...value.tooltip,
      };
      return { animation: false, ...value, ...(tooltip ? { tooltip } : {}) };
    };
    chart.setOption(evaluated());
    for (const [event, listener] of Object.entries(settings.on || {})) chart.on(event, listener);
    const observer = new ResizeObserver(ppe.frame(() => {
      if (!chart.isDisposed() && element.clientWidth > 0) chart.resize();
    }));
    observer.observe(element);
    const handle = {
      chart,
      element,
      set(next) {
        current = next;
        chart.setOption(evaluated(), { notMerge: true });
      },
      recolor() {
        if (!element.isConnected) return handle.dispose();
        register();
        chart.setOption(evaluated(), { lazyUpdate: true }); // drawn once, with the theme
        chart.setTheme(name());
      },
      dispose() {
        observer.disconnect();
        charts.delete(handle);
        if (!chart.isDisposed()) chart.dispose();
      },
    };
    charts.add(handle);
    return handle;
  };

  /** What floats over a chart: a title, and lines of [label, value, color]. */
  ppe.tip = (title, lines) =>
    el("div", { class: "tip" }, el("strong", {}, title), lines.map(([label, value, color]) =>
      el("div", { class: "line" }, color ? el("span", { class: "dot", style: { background: color } }) : el("span"),
        el("span", {}, label), el("b", {}, value))));
})();
