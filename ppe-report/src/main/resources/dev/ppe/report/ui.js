/*
 * ppe: what every page is made of. Text from data goes into text nodes alone, never into markup.
 *
 *   ppe.el(tag, attributes, ...children)      an element; strings become text
 *   ppe.svg(tag, attributes, ...children)     the same in SVG
 *   ppe.data(id)                              the JSON of a script element
 *   ppe.format.time(us) .energy(uj) .power(mw) .bytes(n) .count(n) .percent(share) ...
 *   ppe.page({title, brand, chips})           the page's head; returns the element for what follows
 *   ppe.section(host, {id, title, text})      a card; returns {element, body, tools}
 *   ppe.choices / ppe.select / ppe.tabs       controls
 *   ppe.shareBar(host, parts)                 a bar of shares with its legend
 *   ppe.chart(host, option, settings)         a chart that follows size and colours
 *   ppe.table(host, settings)                 table.js
 *   ppe.model(host, data, options)            model.js
 */
"use strict";
(function () {
  const ppe = (window.ppe = {});
  const SVG = "http://www.w3.org/2000/svg";

  /* Elements. */

  function build(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "on") {
        for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      } else if (name === "style") {
        for (const [property, setting] of Object.entries(value)) element.style.setProperty(property, setting);
      } else if (name === "text") {
        element.textContent = value;
      } else {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    for (const child of children.flat(Infinity)) {
      if (child !== undefined && child !== null && child !== false) element.append(child);
    }
    return element;
  }

  ppe.el = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);
  ppe.svg = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);
  const el = ppe.el;

  ppe.data = function (id) {
    const element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : undefined;
  };

  /** Offers text as a file. */
  ppe.download = function (name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = el("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  /** The function, called once a frame at most, with the last arguments. */
  ppe.frame = function (work) {
    let waiting;
    return (...args) => {
      const first = !waiting;
      waiting = args;
      if (first) {
        requestAnimationFrame(() => {
          const latest = waiting;
          waiting = undefined;
          work(...latest);
        });
      }
    };
  };

  /** Does the parts one after the other without keeping the page from painting between them. */
  ppe.inTurn = function (parts, done) {
    let next = 0;
    const step = () => {
      if (next < parts.length) {
        parts[next++]();
        setTimeout(step, 0);
      } else if (done) {
        done();
      }
    };
    requestAnimationFrame(() => setTimeout(step, 0));
  };

  /* Quantities: three significant digits, and the unit that keeps the number between 1 and 1000. */

  function scaled(first, base, ...suffixes) {
    return function (value) {
      if (value === null || value === undefined || !isFinite(value)) return "–";
      let step = 0;
      const limit = base === 1000 ? 999.5 : 1024;
      while (step < suffixes.length - 1 && Math.abs(value) >= limit * first * base ** step) step++;
      const shown = value / (first * base ** step);
      const whole = (step === 0 && first === 1 && Number.isInteger(value)) || shown === 0;
      const digits = whole || Math.abs(shown) >= 99.95 ? 0 : Math.abs(shown) >= 9.995 ? 1 : 2;
      return shown.toFixed(digits) + suffixes[step];
    };
  }
  ppe.format = {
    time: scaled(1e-3, 1000, " ns", " µs", " ms", " s"),
    energy: scaled(1e-3, 1000, " nJ", " µJ", " mJ", " J"),
    power: scaled(1e-3, 1000, " µW", " mW", " W", " kW"),
    bytes: scaled(1, 1024, " B", " KiB", " MiB", " GiB", " TiB"),
    bandwidth: scaled(1, 1000, " B/s", " kB/s", " MB/s", " GB/s", " TB/s"),
    count: scaled(1, 1000, "", " k", " M", " G", " T", " P"),
    rate: scaled(1, 1000, " MAC/s", " kMAC/s", " MMAC/s", " GMAC/s", " TMAC/s", " PMAC/s"),
    percent(share) {
      if (share === null || share === undefined || !isFinite(share)) return "–";
      const percent = share * 100;
      if (percent > 0 && percent < 0.05) return "<0.1 %";
      return percent.toFixed(Math.abs(percent) >= 9.95 || percent === 0 ? 0 : 1) + " %";
    },
    change(share) {
      if (!isFinite(share)) return "–";
      return (share > 0 ? "+" : share < 0 ? "−" : "±") + ppe.format.percent(Math.abs(share));
    },
    number(value) {
      if (typeof value !== "number" || !isFinite(value)) return String(value);
      if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US");
      return String(Number(value.toPrecision(4)));
    },
  };

  /** A format for axes: the same without zeros after the point. */
  ppe.axis = (unit) => (value) => value === 0 ? "0" : unit(value).replace(/\.0+(?=\s|$)/, "").replace(/(\.\d*[1-9])0+(?=\s|$)/, "$1");

  /** A shape as it is read: without a batch of one. */
  ppe.shape = (text) => (text || "").replace(/^1x(?=\d+x)/, "").replace(/x/g, "×");

  /** A quantity with its unit set smaller. */
  ppe.quantity = function (text) {
    const at = text.lastIndexOf(" ");
    return at < 0
      ? [text]
      : [text.slice(0, at), el("span", { class: "unit" }, text.slice(at + 1))];
  };

  /* Light and dark: as the system has it, or as was chosen. */

  const KEY = "ppe-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = new Set();
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch (e) {
    chosen = null; // files may have no storage
  }
  ppe.theme = {
    printing: false, // paper is white
    dark: () => !ppe.theme.printing && (chosen ? chosen === "dark" : system.matches),
    toggle() {
      chosen = ppe.theme.dark() ? "light" : "dark";
      try {
        localStorage.setItem(KEY, chosen);
      } catch (e) {
        // kept for this visit alone, then
      }
      apply();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  function apply() {
    document.documentElement.dataset.theme = ppe.theme.dark() ? "dark" : "light";
    palette = undefined;
    listeners.forEach((listener) => listener());
  }
  system.addEventListener("change", apply);
  for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(event, () => {
      ppe.theme.printing = printing;
      apply();
    });
  }

  let palette;
  /** The style sheet's colours as they are now. */
  ppe.colors = function () {
    if (!palette) {
      const style = getComputedStyle(document.documentElement);
      const get = (name) => style.getPropertyValue("--" + name).trim();
      const all = (name, length) => Array.from({ length }, (_, i) => get(name + "-" + i));
      palette = { causes: all("cause", 12), parts: all("part", 8), heat: all("heat", 3) };
      for (const name of ["bg", "surface", "surface-2", "line", "line-strong", "text", "muted", "accent",
        "accent-soft", "good", "bad", "warn-line", "first", "second", "font"]) {
        palette[name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = get(name);
      }
    }
    return palette;
  };

  function channels(hex) {
    return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  }
  /** The colour of a share, 0 to 1, on the scale from small to large. */
  ppe.heat = function (share) {
    const stops = ppe.colors().heat.map(channels);
    const at = Math.min(1, Math.max(0, share)) * 2;
    const low = Math.min(1, Math.floor(at));
    const mixed = stops[low].map((c, i) => Math.round(c + (stops[low + 1][i] - c) * (at - low)));
    return "rgb(" + mixed.join(" ") + ")";
  };

  /* The frame of a page. */

  ppe.page = function ({ title, brand, chips }) {
    document.title = title;
    const app = document.getElementById("app");
    const toggle = el("button", {
      class: "button icon", type: "button", id: "theme", "aria-label": "Light or dark colours",
      title: "Light or dark colours", on: { click: () => ppe.theme.toggle() },
    }, ppe.svg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" },
      ppe.svg("circle", { cx: 12, cy: 12, r: 8, fill: "none", stroke: "currentColor", "stroke-width": 2 }),
      ppe.svg("path", { d: "M12 4a8 8 0 0 1 0 16z", fill: "currentColor" })));
    const tools = el("div", { class: "chips no-print" }, toggle);
    const head = el("header", { class: "page-head wrap" },
      el("div", { class: "row" },
        el("div", {},
          el("p", { class: "brand" }, brand || "PPE"),
          el("h1", {}, title),
          chips && chips.length > 0 ? ppe.chips(chips) : null),
        tools));
    const main = el("main", { id: "content" });
    app.replaceChildren(el("a", { class: "skip", href: "#content" }, "Skip to the content"), head, main);
    return { element: main, head, tools };
  };

  /** Facts as chips: [label, value] or a value alone. */
  ppe.chips = (facts) =>
    el("div", { class: "chips" }, facts.map((fact) =>
      Array.isArray(fact)
        ? el("span", { class: "chip" }, fact[0] + " ", el("b", {}, String(fact[1])))
        : el("span", { class: "chip" }, String(fact))));

  ppe.section = function (host, { id, title, text, level }) {
    const tools = el("div", { class: "tools" });
    const body = el("div");
    const element = el("section", { class: "card", id, "aria-label": title },
      el("header", {}, el(level || "h2", {}, title), text ? el("p", {}, text) : null, tools), body);
    host.append(element);
    return { element, body, tools };
  };

  /** Links to the sections of a page, the one in view marked. */
  ppe.sectionNav = function (host, sections) {
    const links = sections.map(({ id, title }) => el("a", { href: "#" + id }, title));
    const nav = el("nav", { class: "section-nav no-print", "aria-label": "Sections" },
      el("div", { class: "wrap" }, el("ul", {}, links.map((link) => el("li", {}, link)))));
    host.append(nav);
    const mark = ppe.frame(() => {
      if (!nav.isConnected) {
        window.removeEventListener("scroll", mark);
        return;
      }
      let current = 0;
      sections.forEach(({ id }, i) => {
        const target = document.getElementById(id);
        if (target && target.getBoundingClientRect().top < window.innerHeight * 0.35) current = i;
      });
      links.forEach((link, i) => (i === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    });
    window.addEventListener("scroll", mark, { passive: true });
    mark();
    return nav;
  };

  ppe.note = (text, warning) => el("p", { class: warning ? "note-box warning" : "note-box" }, text);

  /** Terms with what is said of them: [[term, text or node]]. */
  ppe.facts = (pairs) =>
    el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));

  /* Controls. */

  function rove(host, buttons, take) {
    host.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (at < 0 || !step) return;
      event.preventDefault();
      const next = buttons[(at + step + buttons.length) % buttons.length];
      next.focus();
      take(buttons.indexOf(next));
    });
  }

  /** One of a few: options are [{value, title}]. */
  ppe.choices = function (host, { label, options, value, onChange }) {
    const buttons = options.map((option) =>
      el("button", { type: "button", role: "radio", "data-value": option.value }, option.title));
    const group = el("div", { class: "choices", role: "radiogroup", "aria-label": label }, buttons);
    const show = (at) => buttons.forEach((button, i) => {
      button.setAttribute("aria-checked", String(i === at));
      button.tabIndex = i === at ? 0 : -1;
    });
    const take = (at) => {
      show(at);
      onChange(options[at].value);
    };
    buttons.forEach((button, i) => button.addEventListener("click", () => take(i)));
    rove(group, buttons, take);
    show(Math.max(0, options.findIndex((option) => option.value === value)));
    host.append(group);
    return group;
  };

  /** One of many: options are [{value, title}]. */
  ppe.select = function (host, { label, options, value, onChange }) {
    const select = el("select", { class: "select" },
      options.map((option) => el("option", { value: option.value, selected: String(option.value) === String(value) }, option.title)));
    select.addEventListener("change", () => onChange(select.value));
    host.append(el("label", { class: "with" }, label, select));
    return select;
  };

  /** Panels of which one is seen; each is drawn when it is first seen: tabs are [{id, title, draw(panel)}]. */
  ppe.tabs = function (host, tabs, { selected, label } = {}) {
    const panels = tabs.map(({ id }) => el("div", { role: "tabpanel", id: "panel-" + id, "aria-labelledby": "tab-" + id, hidden: true }));
    const buttons = tabs.map(({ id, title }) =>
      el("button", { type: "button", role: "tab", id: "tab-" + id, "aria-controls": "panel-" + id }, title));
    const drawn = new Set();
    const take = (at) => {
      buttons.forEach((button, i) => {
        button.setAttribute("aria-selected", String(i === at));
        button.tabIndex = i === at ? 0 : -1;
        panels[i].hidden = i !== at;
      });
      if (!drawn.has(at)) {
        drawn.add(at);
        tabs[at].draw(panels[at]);
      }
    };
    const list = el("div", { class: "tabs", role: "tablist", "aria-label": label || "Views" }, buttons);
    buttons.forEach((button, i) => button.addEventListener("click", () => take(i)));
    rove(list, buttons, take);
    host.append(list, ...panels);
    take(Math.max(0, tabs.findIndex(({ id }) => id === selected)));
    return { select: (id) => take(tabs.findIndex((tab) => tab.id === id)) };
  };

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

  /* Charts. */

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

  apply();
})();
