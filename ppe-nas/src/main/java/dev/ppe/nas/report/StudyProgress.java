package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How far a study is, and what came of it: all that changes with its trials, but for these. */
record StudyProgress(StudyReport report) {
  void write(JsonWriter json) throws IOException {
    Study study = report.study();
    json.beginObject();
    json.name("limit").value(study.limit());
    json.name("simulators").beginArray();
    for (Map.Entry<Long, String> simulator : study.simulators().entrySet()) {
      json.beginObject();
      json.name("from").value(simulator.getKey());
      json.name("version").value(simulator.getValue());
      json.endObject();
    }
    json.endArray();
    numbers(json.name("front"), report.front());
    numbers(json.name("best"), report.best());
    if (study.definition().costs() instanceof CostDefinition.Learned) {
      new RecostedTrials(study).write(json.name("recosted"));
    }
    convergence(json);
    volume(json);
    importances(json);
    json.endObject();
  }

  private static void numbers(JsonWriter json, List<Trial> trials) throws IOException {
    json.beginArray();
    for (Trial trial : trials) {
      json.value(trial.number());
    }
    json.endArray();
  }

  private void convergence(JsonWriter json) throws IOException {
    json.name("convergence").beginArray();
    for (Convergence each : report.convergence()) {
      json.beginObject();
      json.name("label").value(each.label());
      if (each.metric().isPresent()) {
        json.name("metric").value(each.metric().get().word());
      }
      steps(json, each.steps());
      json.endObject();
    }
    json.endArray();
  }

  private void volume(JsonWriter json) throws IOException {
    if (report.volume().isEmpty()) {
      return;
    }
    FrontVolume volume = report.volume().get();
    json.name("hypervolume").beginObject();
    json.name("axes").beginArray();
    for (int i = 0; i < volume.axes().size(); i++) {
      Metric metric = volume.axes().get(i);
      json.beginObject();
      json.name("metric").value(metric.word());
      json.name("column").value(Columns.of(metric));
      Json.number(json.name("reference"), volume.reference().get(i));
      Json.number(json.name("ideal"), volume.ideal().get(i));
      json.endObject();
    }
    json.endArray();
    steps(json, volume.steps());
    json.endObject();
  }

  private static void steps(JsonWriter json, List<Step> steps) throws IOException {
    json.name("trials").beginArray();
    for (Step step : steps) {
      json.value(step.trial());
    }
    json.endArray();
    json.name("values").beginArray();
    for (Step step : steps) {
      Json.number(json, step.value());
    }
    json.endArray();
  }

  private void importances(JsonWriter json) throws IOException {
    json.name("importances").beginArray();
    for (Importance each : report.importances()) {
      json.beginObject();
      json.name("label").value(each.label());
      json.name("trials").value(each.trials());
      Json.number(json.name("fit"), rounded(each.fit()));
      json.name("shares").beginArray();
      for (double share : each.shares()) {
        Json.number(json, rounded(share));
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }

  /** Shares beyond a hundredth of a percent say nothing. */
  private static double rounded(double share) {
    return Math.rint(share * 1e6) / 1e6;
  }
}
