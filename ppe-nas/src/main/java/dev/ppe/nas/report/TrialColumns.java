package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trials as columns: a list for each figure and parameter, with an entry for each trial from {@code
 * from} on. Parameters are numbers of their choices, -1 where they are not in use: a tenth of the
 * bytes of their labels.
 */
record TrialColumns(Study study, List<Judged> trials, int from) {
  /** States as numbers: the page colours by them. */
  private static final int PENDING = 0;

  private static final int FEASIBLE = 1;
  private static final int OVER_LIMITS = 2;
  private static final int FAILED = 3;

  /** Reasons that a quality command gives may be pages long. */
  private static final int MOST_REASON = 300;

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("from").value(from);
    json.name("count").value(trials.size());
    column(json.name("state"), (each, out) -> out.value(state(each)));
    if (!study.objective().limits().isEmpty()) {
      column(json.name("violation"), (each, out) -> optional(out, violation(each)));
    }
    column(json.name("repeatOf"), (each, out) -> out.value(each.trial().repeatOf().orElse(-1)));
    failures(json);
    json.name("metrics").beginObject();
    for (Metric metric : Metric.values()) {
      if (trials.stream().anyMatch(each -> figure(each, metric).isPresent())) {
        column(json.name(Columns.of(metric)), (each, out) -> optional(out, figure(each, metric)));
      }
    }
    json.endObject();
    rewards(json);
    parameters(json);
    json.endObject();
  }

  private interface Cell {
    void write(Judged trial, JsonWriter out) throws IOException;
  }

  private void column(JsonWriter json, Cell cell) throws IOException {
    json.beginArray();
    for (Judged each : trials) {
      cell.write(each, json);
    }
    json.endArray();
  }

  private static void optional(JsonWriter json, Optional<Double> value) throws IOException {
    if (value.isPresent()) {
      Json.number(json, value.get());
    } else {
      json.nullValue();
    }
  }

  private static int state(Judged each) {
    if (each.outcome().isEmpty()) {
      return PENDING;
    }
    return switch (each.outcome().get()) {
      case Outcome.Failed failed -> FAILED;
      case Scored scored -> scored.isFeasible() ? FEASIBLE : OVER_LIMITS;
    };
  }

  private static Optional<Double> violation(Judged each) {
    return each.scored().map(Scored::violation);
  }

  private static Optional<Double> figure(Judged each, Metric metric) {
    return each.trial().metrics().map(metrics -> metrics.values().get(metric));
  }

  /**
   * Why trials failed: each reason once, and its number for each trial, -1 for those that did not.
   */
  private void failures(JsonWriter json) throws IOException {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    column(
        json.name("failure"),
        (each, out) -> {
          Optional<String> reason = reason(each);
          if (reason.isEmpty()) {
            out.value(-1);
          } else {
            out.value(reasons.computeIfAbsent(reason.get(), text -> reasons.size()));
          }
        });
    json.name("failures").beginArray();
    for (String reason : reasons.keySet()) {
      json.value(reason);
    }
    json.endArray();
  }

  private static Optional<String> reason(Judged each) {
    return each.outcome().isPresent() && each.outcome().get() instanceof Outcome.Failed(String why)
        ? Optional.of(why.length() > MOST_REASON ? why.substring(0, MOST_REASON) + "..." : why)
        : Optional.empty();
  }

  /** Scores of goals that are no metrics. */
  private void rewards(JsonWriter json) throws IOException {
    json.name("rewards").beginArray();
    List<Goal> goals = study.objective().goals();
    for (int i = 0; i < goals.size(); i++) {
      int goal = i;
      if (!(goals.get(i) instanceof Goal.Optimize)) {
        column(
            json,
            (each, out) -> optional(out, each.scored().map(scored -> scored.scores().get(goal))));
      }
    }
    json.endArray();
  }

  private void parameters(JsonWriter json) throws IOException {
    List<List<Integer>> points =
        trials.stream()
            .map(Judged::trial)
            .map(Trial::point)
            .map(point -> point.encoding())
            .toList();
    json.name("parameters").beginArray();
    for (int i = 0; i < study.space().space().parameters().size(); i++) {
      json.beginArray();
      for (List<Integer> point : points) {
        json.value(point.get(i));
      }
      json.endArray();
    }
    json.endArray();
  }
}
