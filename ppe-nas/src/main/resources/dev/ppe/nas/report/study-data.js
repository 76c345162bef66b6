/*
 * ppe.study: a study's page. This part reads the data and knows its columns.
 *
 *   ppe.study.read(raw)     a study of what StudyData wrote
 *   study.merge(news)       takes what is new
 *   study.columns()         everything that a trial has: {key, title, kind, value(i), text(i), ...}
 */
"use strict";
(function () {
  const study = (ppe.study = {});
  const { format } = ppe;

  study.STATE = { PENDING: 0, FEASIBLE: 1, OVER: 2, FAILED: 3 };
  const STATE_NAMES = ["not evaluated yet", "keeps the limits", "over the limits", "failed"];

  const FORMATS = {
    latency_us: format.time,
    energy_uj: format.energy,
    memory_bytes: format.bytes,
    model_size_bytes: format.bytes,
    macs: format.count,
    parameters: format.count,
  };
  const COSTS = ["latency_us", "energy_uj", "memory_bytes"];
  const plain = (value) => (isFinite(value) ? String(Number(value.toPrecision(5))) : "–");

  /** The first entries of a column, and those of a list behind them. */
  function appended(Kind, old, from, list, missing) {
    const length = list.length;
    const column = new Kind(from + length);
    if (missing) column.fill(missing, 0, from);
    if (old) column.set(old.subarray(0, Math.min(from, old.length)));
    for (let i = 0; i < length; i++) column[from + i] = list[i] === null ? NaN : list[i];
    return column;
  }

  study.read = function (raw) {
    const facts = raw.study;
    const data = {
      facts,
      count: 0,
      progress: {},
      failures: [],
      metrics: {},
      rewards: [],
      parameters: facts.parameters.map(() => undefined),
    };

    data.merge = function (news) {
      const { from, count, state, violation, repeatOf, failure, failures, metrics, rewards, parameters } = news.trials;
      data.progress = news.progress;
      data.count = from + count;
      data.state = appended(Uint8Array, data.state, from, state);
      data.violation = violation ? appended(Float64Array, data.violation, from, violation) : undefined;
      data.repeatOf = appended(Int32Array, data.repeatOf, from, repeatOf);
      // Reasons of trials before these alone stay: the same come again until all before them are done.
      const base = data.failure ? data.failure.subarray(0, from).reduce((most, at) => Math.max(most, at + 1), 0) : 0;
      data.failures = data.failures.slice(0, base).concat(failures);
      data.failure = appended(Int32Array, data.failure, from, failure.map((at) => (at < 0 ? -1 : base + at)));
      const names = new Set([...Object.keys(data.metrics), ...Object.keys(metrics)]);
      for (const { column } of facts.metrics) {
        if (names.has(column)) {
          data.metrics[column] = appended(Float64Array, data.metrics[column], from,
            metrics[column] || new Array(count).fill(null), NaN);
        }
      }
      data.rewards = rewards.map((list, i) => appended(Float64Array, data.rewards[i], from, list));
      data.parameters = parameters.map((list, i) => appended(Int16Array, data.parameters[i], from, list));
      data.recosted = new Map((data.progress.recosted || []).map((each) => [each.trial, each]));
      data.front = new Set(data.progress.front);
      data.best = data.progress.best;
      cached = undefined;
    };

    let cached;
    data.columns = function () {
      if (cached) return cached;
      cached = [];
      for (const metric of facts.metrics) {
        const key = metric.column;
        if (!data.metrics[key]) continue;
        const shown = FORMATS[key] || plain;
        const value = (i) => data.metrics[key][i];
        const predicted = data.isPredicted && COSTS.includes(key);
        const source = metric.name === "quality" && facts.quality.proxy ? " (proxy)" : predicted ? " (predicted)" : "";
        cached.push({
          key, title: metric.name + source, name: metric.name, kind: "number", group: "metric", gain: metric.gain,
          axis: metric.axis, limit: metric.limit, value, format: shown, text: (i) => shown(value(i)),
          predicted, recosted: predicted ? (i) => recosted(i, key) : value,
        });
      }
      let reward = 0;
      facts.goals.forEach((goal) => {
        if (goal.metric) return;
        const at = reward++;
        const value = (i) => data.rewards[at][i];
        cached.push({
          key: "reward-" + reward, title: goal.label, name: goal.label, kind: "number", group: "reward", gain: true, axis: true,
          value, format: plain, text: (i) => plain(value(i)),
        });
      });
      facts.parameters.forEach((parameter, at) => {
        const value = (i) => data.parameters[at][i];
        const text = (i) => (value(i) < 0 ? "" : parameter.labels[value(i)]);
        cached.push({
          key: "parameter-" + at, title: parameter.name, name: parameter.name, kind: "choice", group: "parameter", at,
          number: parameter.number, labels: parameter.labels, value, text,
        });
      });
      return cached;
    };
    data.column = (key) => data.columns().find((column) => column.key === key);
    data.numbers = () => data.columns().filter((column) => column.kind === "number");
    data.ofMetric = (name) => data.columns().find((column) => column.name === name && column.group !== "parameter");

    /* Where costs were predicted: what the service says of the winners. */
    data.isPredicted = facts.costs !== undefined;
    const recosted = (i, key) => {
      const value = data.recosted.has(i) ? data.recosted.get(i).answer[key] : undefined;
      return value === undefined ? NaN : value;
    };
    /** A column for each cost, with the predicted one and the difference where there is one. */
    data.recostedColumns = () => !data.isPredicted ? [] : facts.metrics.filter((metric) => COSTS.includes(metric.column)).map((metric) => {
      const key = metric.column;
      const value = (i) => recosted(i, key);
      const filled = (shown) => (number) => (isNaN(number) ? "" : shown(number));
      const column = { key: "recosted-" + key, column: key, name: metric.name, title: "re-costed " + metric.name, value, text: (i) => filled(FORMATS[key])(value(i)) };
      column.predicted = data.column(key);
      if (column.predicted) {
        column.change = (i) => value(i) / column.predicted.value(i) - 1;
        column.changeText = (i) => filled(format.change)(column.change(i));
      }
      return column;
    });

    data.isPlotted = (i) => data.state[i] === study.STATE.FEASIBLE || data.state[i] === study.STATE.OVER;
    const overText = (violation) => (violation > 0 ? format.percent(violation) + " over the limits" : "");
    /** By its own figures, and by the service's where those say otherwise. */
    data.stateText = function (i) {
      const found = data.recosted.get(i);
      if (!found) return ownState(i);
      const own = data.state[i] === study.STATE.OVER ? overText(data.violation[i]) : "";
      const service = found.answer.failure !== undefined ? "failed" : overText(found.violation);
      return ownState(i) + (service === own ? "" : ", re-costed: " + (service || "within the limits"));
    };
    function ownState(i) {
      const hasLimits = facts.metrics.some((metric) => metric.limit !== undefined);
      const state = data.state[i];
      if (state === study.STATE.OVER) return overText(data.violation[i]);
      if (data.front.has(i)) return "on the front";
      if (data.repeatOf[i] >= 0) return "as trial " + data.repeatOf[i];
      return state === study.STATE.FEASIBLE && !hasLimits ? "evaluated" : STATE_NAMES[state];
    }
    data.failureText = (i) => (data.failure[i] >= 0 ? data.failures[data.failure[i]] : "");
    data.counts = function () {
      const counts = [0, 0, 0, 0];
      let repeats = 0;
      for (let i = 0; i < data.count; i++) {
        counts[data.state[i]]++;
        if (data.repeatOf[i] >= 0) repeats++;
      }
      return { pending: counts[0], feasible: counts[1], over: counts[2], failed: counts[3], done: data.count - counts[0], repeats };
    };
    /** The first trial without an outcome: those before it stay as they are. */
    data.firstOpen = function () {
      const at = data.state.indexOf(study.STATE.PENDING);
      return at < 0 ? data.count : at;
    };
    /** Parameters by importance for a figure, the first of its kind if it has none; most important first. */
    data.important = function (label) {
      const all = data.progress.importances;
      const found = all.find((each) => each.label === label) || all.find((each) => isAxis(each.label)) || all[0];
      if (!found) return undefined;
      const order = found.shares.map((share, at) => ({ share, at })).sort((a, b) => b.share - a.share || a.at - b.at);
      return { ...found, order };
    };
    const isAxis = (label) => facts.metrics.some((metric) => metric.axis && metric.name === label);

    data.merge(raw);
    return data;
  };
})();
