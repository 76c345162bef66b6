package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.validation.GroundTruth.Row;
import dev.ppe.simulator.zoo.Arithmetic;
import dev.ppe.simulator.zoo.GraphBuilder;
import dev.ppe.simulator.zoo.Kernel;
import dev.ppe.simulator.zoo.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain systolic presets against SCALE-Sim v2, layer by layer: equal to the cycle. */
class ScaleSimTest {
  private static final String FILE = "scalesim_layers.csv";
  private static final Map<String, String> DATAFLOWS =
      Map.of("output-stationary", "os", "weight-stationary", "ws");

  @Test
  void everyLayerTakesTheCyclesThatScaleSimCounts() throws IOException {
    assumeThat(Files.exists(GroundTruth.FOLDER.resolve(FILE)))
        .as("the measured figures lie beside the checkout")
        .isTrue();
    List<Row> rows = GroundTruth.rows(FILE);

    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(
                        cycles(
                            "systolic-%s-%s"
                                .formatted(row.text("array"), DATAFLOWS.get(row.text("dataflow"))),
                            row.integer("ifmap_h"),
                            row.integer("ifmap_w"),
                            row.integer("filter_h"),
                            row.integer("filter_w"),
                            row.integer("channels"),
                            row.integer("filters"),
                            row.integer("stride")))
                    .isEqualTo(row.integer("total_cycles")));
  }

  /**
   * By hand. Output-stationary, folds (K + 32 + 32 - 2) - 1; weight-stationary, folds (M + 64 + 64
   * + 64 - 2) - 1.
   *
   * <ul>
   *   <li>28 x 28, 128 to 256, pointwise: M = 784, K = 128, N = 256. Over the 32 x 32 array 25 x 8
   *       folds of 190; over the 64 x 64 one 2 x 4 folds of 784 + 190.
   *   <li>14 x 14, 3 x 3 over 512 channels to one: M = 12 x 12, K = 4608. 5 folds of 4670; 72 folds
   *       of 144 + 190.
   *   <li>224 x 224, 3 x 3, stride 2, 3 to 32: M = 112 x 112, for the window may reach over the
   *       edge by one; K = 27. 392 folds of 89; one fold of 12,544 + 190.
   * </ul>
   */
  @ParameterizedTest
  @CsvSource({
    "systolic-32x32-os, 28, 1, 128, 256, 1, 37999",
    "systolic-64x64-ws, 28, 1, 128, 256, 1, 7791",
    "systolic-32x32-os, 14, 3, 512, 1, 1, 23349",
    "systolic-64x64-ws, 14, 3, 512, 1, 1, 24047",
    "systolic-32x32-os, 224, 3, 3, 32, 2, 34887",
    "systolic-64x64-ws, 224, 3, 3, 32, 2, 12733",
  })
  void layersTakeTheCyclesOfTheirFoldsCountedByHand(
      String preset, int size, int kernel, int inputs, int outputs, int stride, long cycles) {
    assertThat(cycles(preset, size, size, kernel, kernel, inputs, outputs, stride))
        .isEqualTo(cycles);
  }

  /** Cycles of the array for one convolution without padding. */
  private static long cycles(
      String preset,
      int height,
      int width,
      int kernelHeight,
      int kernelWidth,
      int inputs,
      int outputs,
      int stride) {
    // SCALE-Sim counts a last window that reaches over the edge.
    Padding overhang =
        Padding.explicit(
            0, overhang(height, kernelHeight, stride), 0, overhang(width, kernelWidth, stride));
    GraphBuilder builder = GraphBuilder.named("layer", Arithmetic.INT8).withoutBias();
    Value input = builder.input("input", 1, height, width, inputs);
    Value output =
        builder.conv(
            "conv",
            input,
            outputs,
            Kernel.of(kernelHeight, kernelWidth).stride(stride).padding(overhang),
            Activation.NONE);
    Graph graph = builder.build(output);
    LayerReport layer =
        PerformanceEvaluator.evaluate(
                graph, Presets.get(preset), Fidelity.CYCLE, Interruption.NEVER)
            .layers()
            .getFirst();
    return layer.cycles();
  }

  private static int overhang(int size, int kernel, int stride) {
    return Math.ceilDiv(size - kernel, stride) * stride - (size - kernel);
  }
}
