/*
 * ppe: what every page is made of. Text from data goes into text nodes alone, never into markup. What a line says
 * nothing else of is in this file.
 *
 *   ppe.el(tag, attributes, ...children)      an element; strings become text
 *   ppe.svg(tag, attributes, ...children)     the same in SVG
 *   ppe.data(id)                              the JSON of a script element
 *   ppe.format.time(us) .energy(uj) .power(mw) .bytes(n) .count(n) .percent(share) ...      format.js
 *   ppe.theme, ppe.colors()                   light and dark; theme.js
 *   ppe.page({title, brand, chips})           the page's head; returns the element for what follows; frame.js
 *   ppe.section(host, {id, title, text})      a card; returns {element, body, tools}; frame.js
 *   ppe.choices / ppe.select / ppe.tabs       controls.js
 *   ppe.shareBar(host, parts)                 a bar of shares with its legend; chart.js
 *   ppe.chart(host, option, settings)         a chart that follows size and colours; chart.js
 *   ppe.table(host, settings)                 table.js
 *   ppe.model(host, data, options)            model.js
 */
"use strict";
(function () {
  const ppe = (window.ppe = {});
  const SVG = "http://www.w3.org/2000/svg";

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
})();
