/* The frame of a page: its head, cards, and the links to them. */
"use strict";
(function () {
  const ppe = window.ppe;
  const el = ppe.el;

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
})();
