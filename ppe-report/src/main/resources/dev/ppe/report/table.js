/*
 * ppe.table(host, settings): a table that sorts, filters, and draws only the rows in view.
 *
 * settings: label; rows (objects); columns; height and rowHeight in pixels; sort {key, descending};
 *   search (a placeholder, or false); onSelect(row); selected (a row); onRows(rows) after each filter.
 * column: key, title, hint; value(row) to sort by; text(row) to show, or render(row) for a node;
 *   right (figures); width (a CSS grid track). Search looks through what text gives.
 * Returns {element, rows(), setRows(rows), filter(predicate), select(row), sort(key, descending)}.
 *
 * Keys: arrows, Page Up, Page Down, Home and End move; Enter or Space selects.
 */
"use strict";
(function () {
  const { el } = ppe;
  const OVERSCAN = 8;
  const MOST_PRINTED = 1000;
  let tables = 0;

  ppe.table = function (host, settings) {
    const rowHeight = settings.rowHeight || 34;
    const columns = settings.columns;
    const id = "table" + ++tables;
    const tracks = columns.map((column) => column.width || (column.right ? "minmax(92px, 1fr)" : "minmax(140px, 2fr)")).join(" ");
    // Rows are grids of their own: they line up since all are as wide as the least tracks, or wider.
    const least = columns.reduce((sum, column) => sum + Number(/\d+/.exec(column.width || (column.right ? "92" : "140"))[0]), 0) + "px";
    let all = settings.rows;
    let shown = [];
    let predicate = () => true;
    let words = [];
    let sort = settings.sort || { key: undefined, descending: false };
    let selected = settings.selected;
    let active = 0;
    let texts = new Map();

    const count = el("span", { class: "small muted", role: "status" });
    const tools = el("div", { class: "table-tools" });
    if (settings.search !== false) {
      const input = el("input", {
        class: "field", type: "search", placeholder: settings.search || "Filter", "aria-label": settings.search || "Filter",
      });
      input.addEventListener("input", ppe.frame(() => {
        words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        refresh();
        scroll.scrollTop = 0;
      }));
      tools.append(input);
    }
    tools.append(count);

    const heads = columns.map((column) => {
      const button = el("button", { type: "button", title: column.hint || column.title });
      button.addEventListener("click", () => {
        const again = sort.key === column.key;
        api.sort(column.key, again ? !sort.descending : Boolean(column.right));
      });
      return el("div", { role: "columnheader", class: column.right ? "right" : "", "data-key": column.key }, button);
    });
    const head = el("div", { class: "table-head", role: "row", style: { "grid-template-columns": tracks, "min-width": least } }, heads);
    const body = el("div", { class: "table-body", role: "rowgroup", style: { "min-width": least } });
    const scroll = el("div", {
      class: "table-scroll" + (settings.onSelect ? " clickable" : ""), role: "grid", tabindex: 0,
      "aria-label": settings.label, style: { "max-height": (settings.height || 440) + "px" },
    }, el("div", { role: "rowgroup" }, head), body);
    // The head sticks to the scrolled element, so its group must not end before the rows do.
    scroll.firstChild.style.display = "contents";
    const element = el("div", { class: "table" }, tools, scroll);
    host.append(element);

    function textOf(row) {
      let text = texts.get(row);
      if (text === undefined) {
        text = columns.map((column) => (column.text ? column.text(row) : String(column.value(row)))).join("\n").toLowerCase();
        texts.set(row, text);
      }
      return text;
    }

    function compare(column, sign) {
      return (a, b) => {
        const x = column.value(a);
        const y = column.value(b);
        const missing = (v) => v === undefined || v === null || (typeof v === "number" && isNaN(v));
        if (missing(x) || missing(y)) return missing(x) - missing(y); // those last, either way
        if (typeof x === "number" && typeof y === "number") return sign * (x - y);
        return sign * String(x).localeCompare(String(y), "en", { numeric: true });
      };
    }

    function refresh() {
      shown = all.filter((row) => predicate(row) && (words.length === 0 || words.every((word) => textOf(row).includes(word))));
      const column = columns.find((each) => each.key === sort.key);
      if (column) shown.sort(compare(column, sort.descending ? -1 : 1));
      active = Math.max(0, Math.min(active, shown.length - 1));
      body.style.height = shown.length * rowHeight + "px";
      scroll.setAttribute("aria-rowcount", String(shown.length + 1));
      count.textContent = shown.length === all.length
        ? ppe.format.number(all.length) + (all.length === 1 ? " row" : " rows")
        : ppe.format.number(shown.length) + " of " + ppe.format.number(all.length) + " rows";
      heads.forEach((cell, i) => {
        const at = columns[i];
        const is = at.key === sort.key;
        cell.setAttribute("aria-sort", is ? (sort.descending ? "descending" : "ascending") : "none");
        cell.firstChild.textContent = at.title + (is ? (sort.descending ? " ↓" : " ↑") : "");
      });
      draw();
      if (settings.onRows) settings.onRows(shown);
    }

    function rowElement(row, at) {
      const cells = columns.map((column) => {
        const content = column.render ? column.render(row) : column.text ? column.text(row) : String(column.value(row));
        return el("div", { role: "gridcell", class: column.right ? "right" : "", title: column.render ? undefined : content }, content);
      });
      const line = el("div", {
        class: "table-row" + (at === active ? " active" : ""), role: "row", id: id + "-" + at, "aria-rowindex": at + 2,
        "aria-selected": settings.onSelect ? String(row === selected) : undefined,
        style: { "grid-template-columns": tracks, height: rowHeight + "px", top: at * rowHeight + "px" },
      }, cells);
      if (settings.onSelect) line.addEventListener("click", () => choose(at));
      return line;
    }

    function draw(everything) {
      const view = scroll.clientHeight || settings.height || 440;
      const from = everything ? 0 : Math.max(0, Math.floor(scroll.scrollTop / rowHeight) - OVERSCAN);
      const to = everything
        ? Math.min(shown.length, MOST_PRINTED)
        : Math.min(shown.length, Math.ceil((scroll.scrollTop + view) / rowHeight) + OVERSCAN);
      const rows = [];
      for (let at = from; at < to; at++) rows.push(rowElement(shown[at], at));
      body.replaceChildren(...rows);
      if (shown.length > 0) scroll.setAttribute("aria-activedescendant", id + "-" + active);
      else scroll.removeAttribute("aria-activedescendant");
    }

    function reveal(at) {
      const top = at * rowHeight;
      const head = 36;
      if (top < scroll.scrollTop) scroll.scrollTop = top;
      else if (top + rowHeight + head > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + rowHeight + head - scroll.clientHeight;
    }

    function move(to) {
      active = Math.max(0, Math.min(to, shown.length - 1));
      reveal(active);
      draw();
    }

    function choose(at) {
      active = at;
      selected = shown[at];
      draw();
      settings.onSelect(selected);
    }

    scroll.addEventListener("scroll", ppe.frame(() => draw()), { passive: true });
    scroll.addEventListener("keydown", (event) => {
      if (event.target !== scroll) return;
      const page = Math.max(1, Math.floor(scroll.clientHeight / rowHeight) - 2);
      const to = {
        ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: shown.length - 1,
      }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        move(to);
      } else if ((event.key === "Enter" || event.key === " ") && settings.onSelect && shown.length > 0) {
        event.preventDefault();
        choose(active);
      }
    });
    const print = (event) => {
      if (element.isConnected) {
        draw(event.type === "beforeprint");
      } else {
        window.removeEventListener("beforeprint", print);
        window.removeEventListener("afterprint", print);
      }
    };
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", print);
    new ResizeObserver(ppe.frame(() => draw())).observe(scroll);

    const api = {
      element,
      scroll,
      tools,
      rows: () => shown,
      setRows(rows) {
        all = rows;
        texts = new Map();
        refresh();
      },
      filter(test) {
        predicate = test;
        refresh();
      },
      select(row, show = true) {
        selected = row;
        const at = shown.indexOf(row);
        if (at >= 0) {
          active = at;
          if (show) reveal(at);
        }
        draw();
      },
      sort(key, descending) {
        sort = { key, descending };
        refresh();
      },
    };
    refresh();
    return api;
  };
})();
