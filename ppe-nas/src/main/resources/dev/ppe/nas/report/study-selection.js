/*
 * Which trials are selected: those that all views agree on. Each view says what it selects by a test under its own
 * name; trials may be picked one by one besides. Exports take the picked ones, or all that are selected.
 */
"use strict";
(function () {
  const { el } = ppe;
  const MOST_IDS = 1000;

  ppe.study.selection = function (data) {
    const constraints = new Map();
    const listeners = new Set();
    let now;
    const picked = new Set();
    const selection = { mask: new Uint8Array(data.count).fill(1), count: data.count, picked, constraints };

    function compute() {
      const tests = [...constraints.values()].map((each) => each.test);
      const mask = new Uint8Array(data.count);
      let count = 0;
      for (let i = 0; i < data.count; i++) {
        let inside = 1;
        for (let t = 0; t < tests.length; t++) {
          if (!tests[t](i)) {
            inside = 0;
            break;
          }
        }
        mask[i] = inside;
        count += inside;
      }
      selection.mask = mask;
      selection.count = count;
    }

    /*
     * Views follow one after the other, with a frame painted before each: what was clicked answers at once, however
     * many points there are. A newer selection takes the place of one that is still on its way.
     */
    let turn = 0;
    document.documentElement.dataset.settled = "true";
    function changed() {
      compute();
      const mine = ++turn;
      const waiting = [...listeners];
      document.documentElement.dataset.settled = "false";
      const next = () => requestAnimationFrame(() => setTimeout(() => {
        if (mine !== turn) return;
        const listener = waiting.shift();
        if (listener) {
          listener(selection);
          next();
        } else {
          document.documentElement.dataset.settled = "true";
        }
      }, 0));
      if (now) now(selection);
      next();
    }

    /** What a view selects: {test(i), text, clear()}; undefined for everything. */
    selection.constrain = function (name, constraint) {
      if (constraint) constraints.set(name, constraint);
      else if (!constraints.delete(name)) return;
      changed();
    };
    selection.isEverything = () => constraints.size === 0;
    selection.pick = function (i, on) {
      if (on) picked.add(i);
      else picked.delete(i);
      changed();
    };
    selection.clear = function () {
      const old = [...constraints.values()];
      constraints.clear();
      picked.clear();
      old.forEach((each) => each.clear && each.clear());
      changed();
    };
    selection.refresh = changed; // there are more trials
    selection.onChange = (listener) => listeners.add(listener);
    /** The one that follows at once. */
    selection.onChangeNow = (listener) => (now = listener);
    /** The trials that exports take, in their order. */
    selection.exported = function () {
      if (picked.size > 0) return [...picked].sort((a, b) => a - b);
      const trials = [];
      for (let i = 0; i < data.count; i++) if (selection.mask[i]) trials.push(i);
      return trials;
    };
    return selection;
  };

  /* What exports say: the columns and fields of ppe nas show. */

  /** Of each goal, more is better. */
  function scores(data, i) {
    let reward = 0;
    return data.facts.goals.map((goal) => {
      if (!goal.metric) return data.rewards[reward++][i];
      const column = data.ofMetric(goal.metric);
      return column.gain ? column.value(i) : 0 - column.value(i);
    });
  }
  const score = (data, i) => (data.facts.goals.length === 1 && data.isPlotted(i) ? scores(data, i)[0] : "");

  const stateWord = (state) => ["suggested", "evaluated", "evaluated", "failed"][state];
  const cell = (value) => {
    const text = value === undefined || (typeof value === "number" && isNaN(value)) ? "" : String(value);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };

  ppe.study.csv = function (data, trials) {
    const metrics = data.facts.metrics.map((metric) => metric.column);
    const recosted = data.recostedColumns().map((column) => column.column);
    const lines = [["trial", "state", "repeat_of", "score", "violation", ...metrics, "failure",
      ...(data.isPredicted ? [...recosted, "failure"].map((name) => "recosted_" + name) : []),
      ...data.facts.parameters.map((parameter) => parameter.name)]];
    const parameters = data.columns().filter((column) => column.group === "parameter");
    for (const i of trials) {
      const evaluated = data.isPlotted(i);
      lines.push([i, stateWord(data.state[i]), data.repeatOf[i] < 0 ? "" : data.repeatOf[i], score(data, i),
        evaluated ? (data.violation ? data.violation[i] : 0) : "",
        ...metrics.map((name) => (data.metrics[name] ? data.metrics[name][i] : "")),
        data.failureText(i), ...(data.isPredicted ? [...recosted, "failure"].map((name) => (data.recosted.has(i) ? data.recosted.get(i).answer[name] : "")) : []),
        ...parameters.map((column) => column.text(i))]);
    }
    return lines.map((line) => line.map(cell).join(",") + "\n").join("");
  };

  ppe.study.json = function (data, trials) {
    const parameters = data.columns().filter((column) => column.group === "parameter");
    return trials.map((i) => {
      const trial = { trial: i, state: stateWord(data.state[i]) };
      if (data.repeatOf[i] >= 0) trial.repeat_of = data.repeatOf[i];
      if (data.isPlotted(i)) {
        trial.scores = scores(data, i);
        trial.violation = data.violation ? data.violation[i] : 0;
      }
      for (const [name, values] of Object.entries(data.metrics)) if (!isNaN(values[i])) trial[name] = values[i];
      if (data.failure[i] >= 0) trial.failure = data.failureText(i);
      if (data.recosted.has(i)) trial.recosted = data.recosted.get(i).answer;
      trial.point = Object.fromEntries(parameters.filter((column) => column.value(i) >= 0).map((column) => [column.name, column.text(i)]));
      return JSON.stringify(trial) + "\n";
    }).join("");
  };

  /** A word that no shell takes for anything else. */
  ppe.study.quoted = function (text) {
    const word = text.startsWith("-") ? "./" + text : text;
    return /^[A-Za-z0-9._\/-]+$/.test(word) ? word : "'" + word.replace(/'/g, "'\\''") + "'";
  };
  const stem = (file) => file.replace(/\.[^.]*$/, "") || "study";

  /** The command that exports trials, or undefined where there are none or too many to name. */
  ppe.study.exportCommand = function (data, trials) {
    const ids = trials.filter((i) => data.isPlotted(i));
    if (ids.length === 0 || ids.length > MOST_IDS) return undefined;
    return "ppe nas export " + ppe.study.quoted(data.facts.file) + " --select ids=" + ids.join(",") +
      " --output " + ppe.study.quoted(stem(data.facts.file) + "-selected");
  };

  /** A command with a button that copies it. */
  ppe.study.command = function (text) {
    const copy = el("button", { class: "button", type: "button" }, "Copy");
    const code = el("code", { class: "command", tabindex: 0 }, text);
    copy.addEventListener("click", () => {
      const done = () => {
        copy.textContent = "Copied";
        setTimeout(() => (copy.textContent = "Copy"), 1500);
      };
      const byHand = () => {
        const range = document.createRange();
        range.selectNodeContents(code);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        if (document.execCommand("copy")) done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
      else byHand();
    });
    return el("div", { class: "command-line" }, code, copy);
  };

  /** The bar that says what is selected, and exports it. */
  ppe.study.selectionBar = function (host, data, selection) {
    const text = el("strong", { role: "status" });
    const chips = el("div", { class: "chips" });
    const button = (title, work, id) => el("button", { class: "button", type: "button", id, on: { click: work } }, title);
    const save = (ending, type, write) => () =>
      ppe.download(stem(data.facts.file) + "-selected." + ending, type, write(data, selection.exported()));
    const details = el("div", { class: "export-command", hidden: true });
    const show = button("Export models", () => {
      details.hidden = !details.hidden;
      show.setAttribute("aria-expanded", String(!details.hidden));
      draw();
    }, "export-models");
    const bar = el("aside", { class: "selection-bar no-print", "aria-label": "Selection" },
      el("div", { class: "wrap" },
        el("div", { class: "selection-row" }, text, chips,
          el("div", { class: "selection-tools" },
            button("CSV", save("csv", "text/csv", ppe.study.csv), "export-csv"),
            button("JSON", save("jsonl", "application/json", ppe.study.json), "export-json"),
            show, button("Clear", () => selection.clear(), "clear-selection"))),
        details));
    host.append(bar);

    function draw() {
      const trials = selection.exported();
      text.textContent = selection.picked.size > 0
        ? ppe.format.number(selection.picked.size) + " picked"
        : selection.isEverything()
          ? "All " + ppe.format.number(data.count) + " trials"
          : ppe.format.number(selection.count) + " of " + ppe.format.number(data.count) + " trials";
      chips.replaceChildren(...[...selection.constraints].map(([name, constraint]) =>
        el("button", { class: "chip closable", type: "button", "aria-label": "Remove: " + constraint.text, on: { click: () => {
          if (constraint.clear) constraint.clear();
          selection.constrain(name);
        } } }, constraint.text, " ✕")));
      if (!details.hidden) {
        const command = ppe.study.exportCommand(data, trials);
        details.replaceChildren(command
          ? ppe.study.command(command)
          : el("p", { class: "muted" }, trials.some((i) => data.isPlotted(i))
            ? "More than " + MOST_IDS + " trials: select fewer, or use ppe nas export --select pareto."
            : "None of these trials has a network to export."));
      }
    }
    selection.onChangeNow(draw);
    draw();
    return { draw };
  };
})();
