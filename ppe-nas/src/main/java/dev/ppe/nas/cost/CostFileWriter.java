package dev.ppe.nas.cost;

import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.space.Parameter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Writes cost models as JSON: {@code docs/cost-models.md} describes it. Numbers are written so that
 * they are read back to the last bit; the same model gives the same text.
 */
public final class CostFileWriter {
  static final String FORMAT = "ppe-cost-model";

  /** Grows with every change of what is in the file. */
  static final int VERSION = 1;

  private final JsonWriter json;

  private CostFileWriter(JsonWriter json) {
    this.json = json;
  }

  /** A model as text, in one line. */
  public static String write(LearnedCosts costs) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      new CostFileWriter(json).all(costs);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be written", e);
    }
    return text + "\n";
  }

  private void all(LearnedCosts costs) throws IOException {
    json.beginObject();
    json.name("format").value(FORMAT);
    json.name("version").value(VERSION);
    for (Map.Entry<String, String> field : costs.origin().fields().entrySet()) {
      json.name(field.getKey()).value(field.getValue());
    }
    parameters(costs.parameters());
    Layout layout = costs.models().getFirst().predictor().layout();
    groups(costs.parameters(), layout);
    json.name("models").beginArray();
    for (Learned learned : costs.models()) {
      model(learned, layout);
    }
    json.endArray();
    json.endObject();
  }

  private void parameters(List<Parameter> parameters) throws IOException {
    json.name("parameters").beginArray();
    for (Parameter parameter : parameters) {
      json.beginObject();
      json.name("name").value(parameter.name());
      json.name("conditional").value(parameter.when().isPresent());
      json.name("choices").beginArray();
      for (int i = 0; i < parameter.size(); i++) {
        json.value(parameter.label(i));
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }

  private void groups(List<Parameter> parameters, Layout layout) throws IOException {
    json.name("groups").beginArray();
    for (ChoiceGroup group : layout.groups()) {
      json.beginObject();
      json.name("name").value(group.name());
      json.name("parameters").beginArray();
      for (int i = 0; i < group.width(); i++) {
        json.value(parameters.get(group.parameter(i)).name());
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
  }

  private void model(Learned learned, Layout layout) throws IOException {
    Predictor predictor = learned.predictor();
    json.beginObject();
    json.name("metric").value(learned.metric().word());
    json.name("unit").value(learned.metric().unit());
    json.name("kind").value(learned.kind().word());
    json.name("samples").value(learned.samples());
    json.name("constant").value(predictor.constant());
    json.name("weights");
    rows(layout, predictor::weight);
    json.name("quantities").beginArray();
    for (Quantity quantity : predictor.quantities()) {
      json.beginObject();
      json.name("name").value(quantity.name());
      json.name("values");
      rows(layout, quantity::value);
      json.endObject();
    }
    json.endArray();
    json.name("hinges").beginArray();
    for (Predictor.Hinge hinge : predictor.hinges()) {
      json.beginArray().value(hinge.input()).value(hinge.knot()).value(hinge.slope()).endArray();
    }
    json.endArray();
    trees(predictor.trees());
    json.endObject();
  }

  /** For each group code and value in turn, where the value is not 0. */
  private void rows(Layout layout, IntToDoubleFunction values) throws IOException {
    json.beginArray();
    for (int g = 0; g < layout.size(); g++) {
      json.beginArray();
      for (int code = 0; code < layout.groups().get(g).size(); code++) {
        double value = values.applyAsDouble(layout.offset(g) + code);
        if (value != 0) {
          json.value(code).value(value);
        }
      }
      json.endArray();
    }
    json.endArray();
  }

  private void trees(Trees trees) throws IOException {
    json.name("trees").beginArray();
    for (List<Trees.Node> nodes : trees.nodes()) {
      json.beginArray();
      for (Trees.Node node : nodes) {
        json.beginArray();
        if (node.isLeaf()) {
          json.value(node.value());
        } else {
          json.value(node.input()).value(node.value()).value(node.less()).value(node.otherwise());
        }
        json.endArray();
      }
      json.endArray();
    }
    json.endArray();
  }
}
