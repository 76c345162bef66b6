/* Controls: one of a few, one of many, panels. */
"use strict";
(function () {
  const ppe = window.ppe;
  const el = ppe.el;

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
})();
