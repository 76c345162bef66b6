package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.energy.EnergyFinding.Figure;
import java.util.ArrayList;
import java.util.List;

/** Networks that keep one part of an accelerator at work, and what they take. */
final class Loads {
  private Loads() {}

  static Evaluation evaluate(Graph graph, String preset) {
    return PerformanceEvaluator.evaluate(
        graph, Presets.get(preset), Fidelity.CYCLE, Interruption.NEVER);
  }

  /** So many equal convolutions over square maps: bound by multiply-accumulates. */
  static Graph convolutions(int layers, int size, int channels, int kernel) {
    GraphBuilder net =
        GraphBuilder.named(
            "%d x conv%dx%d, %dx%dx%d".formatted(layers, kernel, kernel, size, size, channels),
            Arithmetic.INT8);
    Value x = net.input("input", 1, size, size, channels);
    for (int i = 0; i < layers; i++) {
      x = net.conv("conv" + i, x, channels, Kernel.of(kernel), Activation.RELU);
    }
    return net.build(net.globalAveragePool("mean", x));
  }

  /** So many dense layers: each parameter is used once, so what brings them bounds them. */
  static Graph dense(int layers, int width) {
    GraphBuilder net =
        GraphBuilder.named("%d x dense %d".formatted(layers, width), Arithmetic.INT8);
    Value x = net.input("input", 1, 1, 1, width);
    for (int i = 0; i < layers; i++) {
      x = net.pointwise("dense" + i, x, width, Activation.RELU);
    }
    return net.build(x);
  }

  /** Convolutions that fill the lanes, over small maps and large, narrow and wide. */
  static List<Evaluation> denseStacks(String preset) {
    List<Evaluation> answers = new ArrayList<>();
    for (int kernel : List.of(1, 3)) {
      for (int size : List.of(16, 32, 64)) {
        for (int channels : List.of(64, 128, 256, 512)) {
          answers.add(evaluate(convolutions(12, size, channels, kernel), preset));
        }
      }
    }
    return answers;
  }

  static EnergyFinding.Exhibit power(Evaluation answer) {
    return new EnergyFinding.Exhibit(
        answer.modelName(),
        List.of(
            new Figure("use", answer.utilization()),
            new Figure("average W", answer.averagePowerMw() * 1e-3),
            new Figure("peak W", answer.power().peakMw() * 1e-3),
            new Figure("TOPS/W", answer.topsPerWatt())));
  }

  static EnergyFinding.Exhibit energy(Evaluation answer) {
    double activeUj = answer.atRate(30).activeUj();
    return new EnergyFinding.Exhibit(
        answer.modelName(),
        List.of(
            new Figure("ms", answer.latencyUs() * 1e-3),
            new Figure("mJ", answer.energy().totalUj() * 1e-3),
            new Figure("mJ above idle", activeUj * 1e-3),
            new Figure("W above idle", activeUj / answer.latencyUs())));
  }
}
