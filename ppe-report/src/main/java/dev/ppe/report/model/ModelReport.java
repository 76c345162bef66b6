package dev.ppe.report.model;

import dev.ppe.report.answer.Advice;
import dev.ppe.report.answer.Coverage;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Peak;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page of a model shows.
 *
 * @param response the answer, with its layers as far as it has them
 * @param inputs of the network, {@code 1x224x224x3 int8}; empty where the network is not known
 * @param graph how its layers hang together
 * @param blocks the layers by block, every layer once and in order
 * @param roofline the layers under the accelerator's roofs
 * @param peak multiply-accumulates a second that the accelerator does at most
 * @param course what varied over the inference; empty where the answer has no timeline
 * @param advice what stands out, in a sentence
 * @param warnings how far not to trust it, and where the network does not suit the accelerator
 */
public record ModelReport(
    EstimateResponse response,
    List<String> inputs,
    LayerGraph graph,
    List<Block> blocks,
    Roofline roofline,
    double peak,
    Optional<Course> course,
    Optional<String> advice,
    List<String> warnings) {

  public ModelReport {
    inputs = List.copyOf(inputs);
    blocks = List.copyOf(blocks);
    warnings = List.copyOf(warnings);
  }

  /**
   * The report on an answer.
   *
   * @param network what was asked about; empty where only the server understood it, and layers are
   *     shown in a row then
   * @param response its answer, best with layers and timeline
   * @param accelerator that the answer is about
   */
  public static ModelReport of(
      Optional<Graph> network, EstimateResponse response, Accelerator accelerator) {
    List<Layer> layers = response.getLayersList();
    LayerGraph graph =
        network
            .map(known -> LayerGraph.of(known, layers))
            .orElseGet(() -> LayerGraph.row(layers.size()));
    return new ModelReport(
        response.toBuilder().clearTimeline().build(),
        network.map(ModelReport::inputs).orElse(List.of()),
        graph,
        Blocks.of(layers, graph),
        Roofline.of(response, accelerator),
        Peak.macsPerSecond(accelerator),
        response.getTimeline().getSpansCount() == 0
            ? Optional.empty()
            : Optional.of(Course.of(response)),
        Advice.of(response),
        warnings(response));
  }

  private static List<String> inputs(Graph network) {
    return network.inputs().stream().map(network::tensor).map(ModelReport::describe).toList();
  }

  private static String describe(Tensor tensor) {
    return tensor.shape() + " " + tensor.type().name().toLowerCase(Locale.ROOT);
  }

  private static List<String> warnings(EstimateResponse response) {
    List<String> warnings = new ArrayList<>();
    Coverage.of(response).ifPresent(warnings::add);
    if (response.getHostOperators() > 0) {
      warnings.add(
          "%d of %d operators run on the host%s"
              .formatted(
                  response.getHostOperators(), response.getOperators(), firstReason(response)));
    }
    if (response.getTimeline().getMerged()) {
      warnings.add(
          "there are too many instructions to show each: the course of the inference has each"
              + " layer's as one, pauses included");
    }
    response.getNotesList().forEach(note -> warnings.add(Names.printable(note)));
    return warnings;
  }

  private static String firstReason(EstimateResponse response) {
    return response.getLayersList().stream()
        .filter(layer -> layer.getPlacement() == Placement.PLACEMENT_HOST)
        .findFirst()
        .map(
            layer ->
                ", first %s (%s): %s"
                    .formatted(
                        Names.printable(layer.getName()),
                        Names.printable(layer.getKind()),
                        Names.printable(layer.getPlacementReason())))
        .orElse("");
  }
}
