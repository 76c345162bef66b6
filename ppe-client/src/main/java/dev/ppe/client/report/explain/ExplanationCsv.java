package dev.ppe.client.report.explain;

import dev.ppe.client.report.Csv;
import dev.ppe.simulator.compile.explain.ExplainedLayer;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Cut;
import dev.ppe.simulator.compile.explain.ExplainedOperator;
import dev.ppe.simulator.compile.explain.ExplainedParameters;
import dev.ppe.simulator.compile.explain.Explanation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row an operator. What belongs to a layer stands in the row of its main operator, so that
 * columns add up; what no phase has decided is empty.
 */
public final class ExplanationCsv implements ExplanationWriter {
  private static final List<String> HEADER =
      List.of(
          "model_name",
          "accelerator",
          "operator",
          "name",
          "kind",
          "output",
          "macs",
          "placement",
          "placement_reason",
          "stage",
          "layer",
          "split",
          "part",
          "cycles",
          "bound_by",
          "split_reason",
          "passes",
          "passes_reason",
          "parameter_bytes",
          "stored_parameter_bytes",
          "parameter_placement",
          "parameter_placement_reason");

  private final PrintWriter out;

  /** Writes to {@code out}. */
  public ExplanationCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {
    Csv.print(out, HEADER);
  }

  @Override
  public void write(Explained explained) {
    Explanation explanation = explained.explanation();
    Map<Integer, ExplainedParameters> parameters = new HashMap<>();
    explanation.parameterSets().forEach(set -> parameters.put(set.layer(), set));
    for (int i = 0; i < explanation.operators().size(); i++) {
      ExplainedOperator operator = explanation.operators().get(i);
      List<String> row =
          new ArrayList<>(
              List.of(
                  explanation.modelName(),
                  explanation.accelerator(),
                  Integer.toString(i),
                  operator.name(),
                  operator.kind(),
                  operator.output(),
                  Long.toString(operator.macs()),
                  operator.place() == ExplainedOperator.Place.OPEN
                      ? ""
                      : Text.constant(operator.place()),
                  operator.why(),
                  operator.stage().isPresent() ? Text.index(operator.stage()) : "",
                  operator.layer().isPresent() ? Text.index(operator.layer()) : ""));
      Optional<Integer> layer =
          operator.main() ? Optional.of(operator.layer().orElseThrow()) : Optional.empty();
      row.addAll(cut(layer.map(explanation.layers()::get)));
      row.addAll(parameters(layer.map(parameters::get)));
      Csv.print(out, row);
    }
  }

  private static List<String> cut(Optional<ExplainedLayer> layer) {
    Optional<Cut> cut = layer.flatMap(ExplainedLayer::cut);
    return List.of(
        text(cut, c -> c.tiling().text()),
        text(cut, c -> Text.extent(c.part())),
        text(cut, c -> Long.toString(c.tiling().totalCycles())),
        text(cut, c -> Text.cause(c.boundBy())),
        text(cut, Cut::why),
        text(layer.flatMap(ExplainedLayer::passes), p -> Integer.toString(p.count())),
        text(layer.flatMap(ExplainedLayer::passes), ExplainedLayer.Passes::why));
  }

  private static List<String> parameters(Optional<ExplainedParameters> set) {
    return List.of(
        text(set, s -> Long.toString(s.bytes())),
        text(set, s -> Long.toString(s.storedBytes())),
        text(set, s -> Text.constant(s.place())),
        text(set, ExplainedParameters::why));
  }

  private static <T> String text(Optional<T> value, Function<T, String> text) {
    return value.map(text).orElse("");
  }
}
