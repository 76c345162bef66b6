package dev.ppe.client.report.explain;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.explain.ExplainedLayer;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Cut;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Passes;
import dev.ppe.simulator.compile.explain.ExplainedOperator;
import dev.ppe.simulator.compile.explain.ExplainedParameters;
import dev.ppe.simulator.compile.explain.ExplainedTensor;
import java.util.Comparator;
import java.util.List;

/** What the tables about operators, layers, tensors and parameters show. */
final class Sections {
  private static final int KIND_WIDTH = 18;

  /** Those on the host first, then those with most to compute. */
  static final Section<ExplainedOperator> OPERATORS =
      new Section<>(
          "operator",
          "operators",
          ExplainedOperator::name,
          Comparator.<ExplainedOperator>comparingInt(o -> place(o.place()))
              .thenComparingLong(ExplainedOperator::macs),
          List.of(
              Column.left("kind"),
              Column.left("output").ifRoom(),
              Column.left("on"),
              Column.right("stage").ifRoom(),
              Column.right("layer"),
              Column.sentences("why")),
          operator ->
              List.of(
                  Names.shorten(operator.kind(), KIND_WIDTH),
                  operator.output(),
                  operator.place() == ExplainedOperator.Place.OPEN
                      ? Text.NONE
                      : Text.constant(operator.place()),
                  Text.index(operator.stage()),
                  Text.index(operator.layer()),
                  operator.why()));

  /** Those that take longest. */
  static final Section<ExplainedLayer> LAYERS =
      new Section<>(
          "layer",
          "layers",
          ExplainedLayer::name,
          Comparator.<ExplainedLayer>comparingInt(layer -> layer.onAccelerator() ? 0 : 1)
              .thenComparingLong(
                  layer -> layer.cut().map(Cut::tiling).map(Tiling::totalCycles).orElse(0L))
              .thenComparingLong(ExplainedLayer::macs),
          List.of(
              Column.left("kind").ifRoom(),
              Column.left("cut"),
              Column.left("a part"),
              Column.right("cycles"),
              Column.left("bound by"),
              Column.right("passes").ifRoom(),
              Column.sentences("why")),
          layer ->
              List.of(
                  Names.shorten(layer.kind(), KIND_WIDTH),
                  layer.cut().map(cut -> cut.tiling().text()).orElse(Text.NONE),
                  layer.cut().map(cut -> Text.extent(cut.part())).orElse(Text.NONE),
                  layer.cut().map(cut -> Text.count(cut.tiling().totalCycles())).orElse(Text.NONE),
                  layer
                      .cut()
                      .filter(cut -> !cut.tiling().isView())
                      .map(Cut::boundBy)
                      .map(Text::cause)
                      .orElse(Text.NONE),
                  layer.passes().map(passes -> Integer.toString(passes.count())).orElse(Text.NONE),
                  why(layer)));

  /** Those that are off the chip, then the largest. */
  static final Section<ExplainedTensor> TENSORS =
      new Section<>(
          "tensor",
          "tensors",
          ExplainedTensor::name,
          Comparator.<ExplainedTensor>comparingInt(tensor -> place(tensor.place()))
              .thenComparingLong(ExplainedTensor::peBytes)
              .thenComparingLong(ExplainedTensor::bytes),
          List.of(
              Column.left("shape").ifRoom(),
              Column.right("a PE"),
              Column.right("at byte"),
              Column.right("layers"),
              Column.left("in"),
              Column.sentences("why")),
          tensor ->
              List.of(
                  tensor.shape(),
                  tensor.peBytes() == 0 ? Text.NONE : Units.BYTES.format(tensor.peBytes()),
                  tensor.buffer().map(buffer -> Long.toString(buffer.offset())).orElse(Text.NONE),
                  lifetime(tensor),
                  where(tensor),
                  tensor.why()));

  /** Those that are streamed, then the largest. */
  static final Section<ExplainedParameters> PARAMETERS =
      new Section<>(
          "parameters of",
          "sets of parameters",
          ExplainedParameters::name,
          Comparator.<ExplainedParameters>comparingInt(
                  set -> set.place() == ExplainedParameters.Place.STREAMED ? 1 : 0)
              .thenComparingLong(ExplainedParameters::storedBytes),
          List.of(
              Column.right("layer"),
              Column.right("size"),
              Column.right("stored"),
              Column.left("are"),
              Column.sentences("why")),
          set ->
              List.of(
                  Integer.toString(set.layer()),
                  Units.BYTES.format(set.bytes()),
                  set.storedBytes() == 0 ? Text.NONE : Units.BYTES.format(set.storedBytes()),
                  set.place() == ExplainedParameters.Place.HOST
                      ? "on the host"
                      : Text.constant(set.place()),
                  set.why()));

  private Sections() {}

  private static int place(ExplainedOperator.Place place) {
    return place == ExplainedOperator.Place.HOST ? 1 : 0;
  }

  private static int place(ExplainedTensor.Place place) {
    return switch (place) {
      case OFF_CHIP, PARAMETER_MEMORY, IN_BLOCKS -> 2;
      case PE_MEMORY, VIEW -> 1;
      case INSIDE_LAYER, HOST -> 0;
    };
  }

  private static String why(ExplainedLayer layer) {
    String cut = layer.cut().map(Cut::why).orElse(layer.onAccelerator() ? "" : "on the host");
    return layer
        .passes()
        .filter(passes -> passes.count() > 1)
        .map(Passes::why)
        .map(why -> cut + "; " + why)
        .orElse(cut);
  }

  private static String lifetime(ExplainedTensor tensor) {
    return tensor.firstLayer().isEmpty()
        ? Text.NONE
        : Text.index(tensor.firstLayer()) + "-" + Text.index(tensor.lastLayer());
  }

  private static String where(ExplainedTensor tensor) {
    return switch (tensor.place()) {
      case PE_MEMORY -> "PE memory";
      case VIEW -> "same place";
      case PARAMETER_MEMORY -> "param. memory";
      case OFF_CHIP -> "off chip";
      case IN_BLOCKS -> "in blocks";
      case INSIDE_LAYER -> "layer";
      case HOST -> "host";
    };
  }
}
