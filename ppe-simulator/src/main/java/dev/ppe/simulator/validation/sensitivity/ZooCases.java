package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Latencies of the zoo's networks that every preset is asked for, whatever was measured of it: one
 * for each kind of layer that an accelerator of phones meets. One comes in bfloat16 too, for
 * presets that execute it.
 */
final class ZooCases {
  private static final List<String> NETWORKS =
      List.of(
          "mobilenet_v2",
          "mobilenet_edgetpu_v2_s",
          "inception_v3",
          "resnet50",
          "autoseg_edgetpu_xs",
          "mobilebert_edgetpu_xs");

  private final RelatedEvaluations evaluations;
  private final List<Named> int8 =
      NETWORKS.stream().map(name -> new Named(name, network(name, Precision.STORED))).toList();
  private final Named bfloat16 =
      new Named("mobilenet_v2 in bfloat16", network("mobilenet_v2", Precision.BF16));

  private record Named(String name, CanonicalGraph network) {}

  ZooCases(RelatedEvaluations evaluations) {
    this.evaluations = evaluations;
  }

  private static CanonicalGraph network(String name, Precision precision) {
    ZooModel model = Zoo.find(name).orElseThrow();
    return CanonicalGraph.of(
        precision == Precision.BF16
            ? precision.applyTo(model.graph(Arithmetic.FLOAT32))
            : model.graph());
  }

  /** Those that the preset has a program for. */
  List<Case> on(String preset) {
    Accelerator accelerator = Presets.get(preset);
    Stream<Named> networks =
        accelerator.executes(DataType.BFLOAT16)
            ? Stream.concat(int8.stream(), Stream.of(bfloat16))
            : int8.stream();
    List<Case> cases = new ArrayList<>();
    networks.forEach(one -> found(one, accelerator).ifPresent(cases::add));
    return cases;
  }

  private Optional<Case> found(Named named, Accelerator accelerator) {
    try {
      double base = evaluations.of(named.network(), accelerator).latencyUs();
      return Optional.of(
          new Case(
              named.name(),
              OfPreset.NETWORKS,
              named.name(),
              named.network(),
              Evaluation::latencyUs,
              OptionalDouble.empty(),
              base));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the subject line names those that there are
    }
  }
}
