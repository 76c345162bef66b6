package dev.ppe.simulator.calibration;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;

/** Networks, and the simulator in the place of a board that runs them. */
record Board(List<String> names, List<CanonicalGraph> networks) {
  /** Fits ask for the same layers again and again; no answer depends on what is remembered. */
  private static final TilingMemo MEMO = new BoundedTilingMemo(1 << 14);

  private static final Map<Question, Figures> KNOWN = new ConcurrentHashMap<>();

  private record Question(GraphHash network, Accelerator accelerator) {}

  private record Figures(double milliseconds, double millijoules) {}

  static Board of(String... names) {
    return new Board(
        List.of(names),
        List.of(names).stream()
            .map(name -> Zoo.find(name).orElseThrow())
            .map(ZooModel::graph)
            .map(CanonicalGraph::of)
            .toList());
  }

  /** Networks that differ in depth, size, parameters, inputs and outputs. */
  static Board ofMany() {
    return of(
        "mobilenet_v1_0.25_128",
        "mobilenet_v1_0.5_160",
        "mobilenet_v1",
        "mobilenet_v2_0.35_96",
        "mobilenet_v2",
        "mobilenet_edgetpu_v2_tiny",
        "mobilenet_edgetpu_v2_s",
        "mobilenet_edgetpu_v2_m",
        "mnasnet_a1",
        "squeezenet",
        "resnet18",
        "resnet50",
        "inception_v1",
        "densenet121",
        "unet_mobilenet_v2_128",
        "nasbench201/42",
        "ssd_mobilenet_v2");
  }

  Board without(int row) {
    List<String> otherNames = new ArrayList<>(names);
    otherNames.remove(row);
    List<CanonicalGraph> otherNetworks = new ArrayList<>(networks);
    otherNetworks.remove(row);
    return new Board(otherNames, otherNetworks);
  }

  double milliseconds(int row, Accelerator accelerator) {
    return figures(row, accelerator).milliseconds;
  }

  double millijoules(int row, Accelerator accelerator) {
    return figures(row, accelerator).millijoules;
  }

  /** Every fit begins at a preset: each network is evaluated once on each machine. */
  private Figures figures(int row, Accelerator accelerator) {
    CanonicalGraph network = networks.get(row);
    return KNOWN.computeIfAbsent(
        new Question(network.hash(), accelerator),
        question -> {
          Evaluation evaluation =
              PerformanceEvaluator.evaluate(
                  network, accelerator, Fidelity.CYCLE, Precision.STORED, MEMO, Interruption.NEVER);
          return new Figures(evaluation.latencyUs() / 1e3, evaluation.energy().totalUj() / 1e3);
        });
  }

  Predictor predictor() {
    return questions ->
        questions.stream()
            .map(question -> milliseconds(question.row(), question.accelerator()))
            .toList();
  }

  Predictor energies() {
    return questions ->
        questions.stream()
            .map(question -> millijoules(question.row(), question.accelerator()))
            .toList();
  }

  /** What a power meter says of an accelerator, each figure off by a factor. */
  List<Measurement> measureEnergy(Accelerator hidden, IntToDoubleFunction factor) {
    List<Measurement> rows = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      rows.add(
          new Measurement(
              2 + row,
              names.get(row),
              OptionalInt.empty(),
              Quantity.ENERGY,
              millijoules(row, hidden) * factor.applyAsDouble(row)));
    }
    return rows;
  }

  /** What a stop watch says of an accelerator, each time off by a factor. */
  List<Measurement> measure(Accelerator hidden, IntToDoubleFunction factor) {
    List<Measurement> rows = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      rows.add(
          new Measurement(
              2 + row,
              names.get(row),
              OptionalInt.empty(),
              Quantity.LATENCY,
              milliseconds(row, hidden) * factor.applyAsDouble(row)));
    }
    return rows;
  }

  /** Factors around 1 with a standard deviation, one after the other. */
  static IntToDoubleFunction noise(double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return row -> Math.exp(deviation * random.nextGaussian());
  }
}
