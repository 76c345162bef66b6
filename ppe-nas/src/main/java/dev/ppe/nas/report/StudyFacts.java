package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Limit;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a study is, but for its trials: this stays as it is while it is searched. */
record StudyFacts(Study study) {
  void write(JsonWriter json) throws IOException {
    StudyDefinition definition = study.definition();
    json.beginObject();
    json.name("file").value(PublicNames.of(study));
    json.name("space").value(study.space().name());
    json.name("description").value(study.space().description());
    json.name("size").value(study.space().space().size().toString());
    json.name("accelerator").value(definition.accelerator().getName());
    json.name("fidelity").value(definition.fidelityWord());
    json.name("backend").value(definition.backend().word());
    json.name("settings").beginObject();
    for (Map.Entry<String, String> setting : definition.settings().entrySet()) {
      json.name(setting.getKey()).value(setting.getValue());
    }
    json.endObject();
    json.name("batch").value(definition.batch());
    json.name("seed").value(definition.seed());
    json.name("objective").value(definition.objective());
    json.name("quality").beginObject();
    json.name("label").value(PublicNames.of(definition.quality()));
    json.name("proxy").value(definition.quality() instanceof QualityDefinition.Proxy);
    json.endObject();
    if (definition.costs() instanceof CostDefinition.Learned learned) {
      json.name("costs").value(PublicNames.of(learned));
    }
    metrics(json);
    goals(json);
    parameters(json);
    json.endObject();
  }

  private void metrics(JsonWriter json) throws IOException {
    json.name("metrics").beginArray();
    for (Metric metric : Metric.values()) {
      json.beginObject();
      json.name("name").value(metric.word());
      json.name("column").value(Columns.of(metric));
      json.name("unit").value(metric.unit());
      json.name("gain").value(metric.isGain());
      json.name("axis").value(study.objective().needs().contains(metric));
      for (Limit limit : study.objective().limits()) {
        if (limit.metric() == metric) {
          Json.number(json.name("limit"), limit.bound());
          break;
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private void goals(JsonWriter json) throws IOException {
    json.name("goals").beginArray();
    for (Goal goal : study.objective().goals()) {
      json.beginObject();
      json.name("label").value(Convergence.label(goal));
      if (goal instanceof Goal.Optimize(Metric metric)) {
        json.name("metric").value(metric.word());
      }
      json.endObject();
    }
    json.endArray();
  }

  private void parameters(JsonWriter json) throws IOException {
    List<Parameter> parameters = study.space().space().parameters();
    json.name("parameters").beginArray();
    for (Parameter parameter : parameters) {
      json.beginObject();
      json.name("name").value(parameter.name());
      json.name("number").value(!(parameter instanceof Parameter.Categorical));
      json.name("labels").beginArray();
      for (int choice = 0; choice < parameter.size(); choice++) {
        json.value(parameter.label(choice));
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }
}
