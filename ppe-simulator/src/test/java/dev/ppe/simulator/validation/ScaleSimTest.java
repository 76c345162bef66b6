package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain systolic presets against SCALE-Sim v2, layer by layer: equal to the cycle. */
class ScaleSimTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "groundtruth");
  private static final Subjects SUBJECTS = new Subjects(Optional.empty());

  @Test
  void everyLayerTakesTheCyclesThatScaleSimCounts() {
    assertExact(Datasets.builtIn());
  }

  @Test
  void everyLayerOfTheFileBesideTheCheckoutDoes() {
    assumeThat(Files.exists(FOLDER.resolve(Dataset.SCALE_SIM.file())))
        .as("the measured figures lie beside the checkout")
        .isTrue();
    assertExact(Datasets.builtIn().with(FOLDER));
  }

  private static void assertExact(Datasets data) {
    ValidationTable table = Tables.find("systolic").orElseThrow();

    assertThat(data.of(Dataset.SCALE_SIM))
        .hasSizeGreaterThanOrEqualTo(54)
        .allSatisfy(
            row -> {
              Subject subject = table.subject(row, SUBJECTS);
              assertThat(subject).isInstanceOf(Subject.Found.class);
              assertThat(cycles(table.preset(row), ((Subject.Found) subject).graph()))
                  .isEqualTo(row.count("total_cycles"));
            });
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
    int over = stride - 1; // a window of 3 on 224 lacks one
    GraphBuilder net = GraphBuilder.named("layer", Arithmetic.INT8);
    Value x = net.input("x", 1, size, size, inputs);
    Kernel window = Kernel.of(kernel).stride(stride).padding(Padding.explicit(0, over, 0, over));
    Graph graph = net.build(net.conv("conv", x, outputs, window, Activation.NONE));

    assertThat(cycles(preset, graph)).isEqualTo(cycles);
  }

  /** The only layer's cycles, which are those of the array. */
  private static long cycles(String preset, Graph graph) {
    List<LayerReport> layers =
        PerformanceEvaluator.evaluate(
                graph, Presets.get(preset), Fidelity.CYCLE, Interruption.NEVER)
            .layers();
    assertThat(layers).hasSize(1);
    return layers.getFirst().cycles();
  }
}
