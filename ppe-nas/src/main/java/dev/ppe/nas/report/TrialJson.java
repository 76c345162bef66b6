package dev.ppe.nas.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.Recosted;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.study.Trial.Failed;
import java.io.PrintWriter;
import java.util.List;

/** A line a trial: JSON Lines. */
public record TrialJson(PrintWriter out) {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** Writes some trials of a study. */
  public void write(Study study, List<Trial> trials) {
    for (Trial trial : trials) {
      out.print(GSON.toJson(json(study, trial)));
      out.print('\n');
    }
    out.flush();
  }

  /** A trial with all that is known of it. */
  public static JsonObject json(Study study, Trial trial) {
    JsonObject json = new JsonObject();
    json.addProperty("trial", trial.number());
    json.addProperty("state", Columns.of(trial.result()));
    trial.repeatOf().ifPresent(other -> json.addProperty("repeat_of", other));
    if (trial.isDone() && trial.outcome(study.objective()) instanceof Scored scored) {
      JsonArray scores = new JsonArray();
      scored.scores().forEach(scores::add);
      json.add("scores", scores);
      json.addProperty("violation", scored.violation());
    }
    trial
        .metrics()
        .ifPresent(
            metrics ->
                metrics
                    .values()
                    .forEach((metric, value) -> json.addProperty(Columns.of(metric), value)));
    if (trial.result() instanceof Failed(String reason)) {
      json.addProperty("failure", reason);
    }
    Recosted recosted = study.recosted().get(trial.number());
    if (recosted != null) {
      json.add("recosted", json(recosted));
    }
    json.add("point", GSON.toJsonTree(trial.point().assignment()));
    return json;
  }

  private static JsonObject json(Recosted recosted) {
    JsonObject json = new JsonObject();
    json.addProperty("simulator", recosted.simulator());
    recosted
        .metrics()
        .ifPresent(
            metrics ->
                metrics
                    .values()
                    .forEach((metric, value) -> json.addProperty(Columns.of(metric), value)));
    recosted.failure().ifPresent(reason -> json.addProperty("failure", reason));
    return json;
  }
}
