package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.zoo.Zoo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Costs of blocks on one accelerator, each found once: the time of an inner block of a network of
 * {@link #BLOCKS} equal ones. What an inference costs beside its layers is not in it.
 */
final class Bench {
  private static final int BLOCKS = 4;
  private static final int INNER = 2;

  private final String preset;
  private final Accelerator accelerator;
  private final Map<Block, Evaluation> networks = new HashMap<>();
  private final Map<Block, Cost> costs = new HashMap<>();
  private final Map<Repeated, Double> latencies = new HashMap<>();

  private record Repeated(Block block, int times) {}

  private Bench(String preset, Accelerator accelerator) {
    this.preset = preset;
    this.accelerator = accelerator;
  }

  static Bench of(String preset) {
    return new Bench(preset, Presets.get(preset));
  }

  /** A bench with one constant of the preset a number of times larger. */
  Bench with(String path, int times) {
    AcceleratorDocument document = AcceleratorDocument.preset(preset);
    long value = document.number(path).orElseThrow();
    return new Bench(preset, document.with(path, value * times).accelerator());
  }

  /** The preset's name. */
  String accelerator() {
    return preset;
  }

  /** Output channels that a core works on at a time. */
  int lanes() {
    return accelerator.core().outputs();
  }

  /** Of a whole block. */
  Cost cost(Block block) {
    return costs.computeIfAbsent(block, b -> cost(b, layer -> true));
  }

  /** Of those layers of a block that have these names in it. */
  Cost cost(Block block, List<String> layers) {
    return cost(
        block, layer -> layers.contains(layer.name().substring(layer.name().indexOf('/') + 1)));
  }

  private Cost cost(Block block, Predicate<LayerReport> included) {
    Evaluation network = networks.computeIfAbsent(block, b -> evaluate(network(b, BLOCKS)));
    List<LayerReport> layers =
        network.layers().stream()
            .filter(layer -> layer.name().startsWith(scope(INNER) + "/"))
            .filter(included)
            .toList();
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("no such layer in " + block.label());
    }
    long cycles = layers.stream().mapToLong(LayerReport::cycles).sum();
    long macs = layers.stream().mapToLong(LayerReport::macs).sum();
    return new Cost(
        cycles * 1e6 / accelerator.clockHz(),
        (double) network.parameters() / BLOCKS,
        macs,
        layers.stream().mapToLong(LayerReport::activationReadBytes).sum(),
        macs / ((double) cycles * accelerator.peakMacsPerCycle()));
  }

  /** Latency of a network of so many blocks, end to end, in microseconds. */
  double endToEnd(Block block, int blocks) {
    return latencies.computeIfAbsent(
        new Repeated(block, blocks),
        repeated -> evaluate(network(repeated.block(), repeated.times())).latencyUs());
  }

  /** A network of the zoo. */
  Evaluation evaluateZoo(String name) {
    return evaluate(Zoo.find(name).orElseThrow().graph());
  }

  private Evaluation evaluate(Graph graph) {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }

  private static Graph network(Block block, int count) {
    GraphBuilder net = GraphBuilder.named(block.label(), Arithmetic.INT8);
    Value x = net.input("input", 1, block.size(), block.size(), block.channels());
    for (int i = 0; i < count; i++) {
      x = block.write(net.scope(scope(i)), x);
    }
    return net.build(x);
  }

  private static String scope(int block) {
    return "b" + block;
  }
}
