package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.Recosted;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.io.IOException;
import java.util.Map;

/**
 * What the service says of winners whose costs were predicted. Each time as a whole: it comes after
 * the last trial, and there is little of it.
 */
record RecostedTrials(Study study) {
  void write(JsonWriter json) throws IOException {
    json.beginArray();
    for (Recosted each : study.recosted().values()) {
      Trial trial = each.applied(study.trials().get((int) each.trial()));
      json.beginObject();
      json.name("trial").value(each.trial());
      if (trial.outcome(study.objective()) instanceof Scored scored && !scored.isFeasible()) {
        Json.number(json.name("violation"), scored.violation());
      }
      answer(json.name("answer"), each);
      json.endObject();
    }
    json.endArray();
  }

  /** With the fields of {@link TrialJson}: the page exports them as they are. */
  private static void answer(JsonWriter json, Recosted recosted) throws IOException {
    json.beginObject();
    json.name("simulator").value(recosted.simulator());
    Map<Metric, Double> values = recosted.metrics().map(Metrics::values).orElse(Map.of());
    for (Map.Entry<Metric, Double> value : values.entrySet()) {
      Json.number(json.name(Columns.of(value.getKey())), value.getValue());
    }
    if (recosted.failure().isPresent()) {
      json.name("failure").value(recosted.failure().get());
    }
    json.endObject();
  }
}
