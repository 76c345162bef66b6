package dev.ppe.simulator.validation.tier;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.subject.SearchSpaces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Evaluates networks of two search spaces cycle by cycle and analytically. The same networks in
 * every run.
 */
public final class TierComparison {
  /** What the command line calls it. */
  public static final String ID = "tiers";

  /** The fewest networks over which a search may trust the agreement. */
  public static final int NETWORKS = 2000;

  /** One of each kind: USB and PCIe, shared and own DRAM, prefetch, systolic. */
  private static final List<String> PRESETS =
      List.of(
          "coral-usb",
          "coral-pcie",
          "coral-compiler",
          "tensor-g1",
          "edgetpu-v3",
          "systolic-64x64-ws");

  private TierComparison() {}

  /**
   * Compares the tiers.
   *
   * @param networks how many: half of them cells of NAS-Bench-201, half chains of inverted
   *     bottlenecks, each on every preset
   */
  public static TierReport run(int networks) {
    int cells = networks / 2;
    List<TierLine> lines = new ArrayList<>();
    lines.addAll(lines("NAS-Bench-201", SearchSpaces::cell, cells));
    lines.addAll(lines("bottlenecks", SearchSpaces::bottlenecks, networks - cells));
    return new TierReport(networks, lines);
  }

  private static List<TierLine> lines(String space, IntFunction<Graph> network, int networks) {
    List<List<TierLine.Outcome>> outcomes = new ArrayList<>();
    PRESETS.forEach(preset -> outcomes.add(new ArrayList<>(networks)));
    for (int i = 0; i < networks; i++) {
      Graph graph = network.apply(i);
      for (int p = 0; p < PRESETS.size(); p++) {
        outcomes.get(p).add(outcome(graph, Presets.get(PRESETS.get(p))));
      }
    }
    List<TierLine> lines = new ArrayList<>();
    for (int p = 0; p < PRESETS.size(); p++) {
      lines.add(new TierLine(space, PRESETS.get(p), outcomes.get(p)));
    }
    return lines;
  }

  private static TierLine.Outcome outcome(Graph graph, Accelerator accelerator) {
    return new TierLine.Outcome(
        graph.name(),
        new Pair(
            latencyUs(graph, accelerator, Fidelity.CYCLE),
            latencyUs(graph, accelerator, Fidelity.ANALYTICAL)));
  }

  private static double latencyUs(Graph graph, Accelerator accelerator, Fidelity fidelity) {
    return PerformanceEvaluator.evaluate(graph, accelerator, fidelity, Interruption.NEVER)
        .latencyUs();
  }
}
