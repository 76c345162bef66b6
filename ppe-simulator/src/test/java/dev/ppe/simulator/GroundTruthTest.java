package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.Validation;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A few rows of docs/validation.md, which must never get worse; {@code ppe validate} has them all.
 */
class GroundTruthTest {
  private static final Path MODELS = Path.of("..", "..", "shared", "models");

  /** "Narrow memory" of one PE, in bytes, as published of the part. */
  private static final double CORAL_PE_MEMORY = 196_608;

  /** What the vendor's compiler of before mid-2020 estimates, in cycles. */
  private static final Map<String, Long> ESTIMATES =
      Map.of(
          "deeplabv3_mnv2_dm05_pascal_quant", 1_279_736L,
          "mobilenet_v1_0.25_128_quant", 21_568L,
          "mobilenet_v1_0.75_192_quant", 281_520L,
          "mobilenet_v2_1.0_224_quant", 458_040L,
          "model_conv_128x128x3x32x7x10", 7_325_712L,
          "posenet_mobilenet_v1_075_353_481_quant_decoder", 1_428_960L);

  @Test
  void pixel6LatenciesComeInTheMeasuredOrder() {
    List<Double> latencies =
        List.of(MobileNetEdgeTpuV2.TINY, MobileNetEdgeTpuV2.S, MobileNetEdgeTpuV2.L).stream()
            .map(
                variant ->
                    PerformanceEvaluator.evaluate(
                            variant.model().graph(),
                            Presets.get("tensor-g1"),
                            Fidelity.CYCLE,
                            Interruption.NEVER)
                        .latencyUs())
            .toList();

    assertThat(latencies).isSorted();
    // Measured: 780, 1030 and 1640 us; within what docs/validation.md states.
    assertThat(latencies.get(0)).isCloseTo(780, within(0.04 * 780));
    assertThat(latencies.get(1)).isCloseTo(1030, within(0.04 * 1030));
    assertThat(latencies.get(2)).isCloseTo(1640, within(0.04 * 1640));
  }

  @Test
  void cyclesAreOnAverageWithinThreePercentOfTheCompilersEstimate() throws IOException {
    double errors = 0;
    for (Map.Entry<String, Long> row : ESTIMATES.entrySet()) {
      double cycles = cyclesOnChip(evaluate(row.getKey(), "coral-compiler"));
      double error = Math.abs(cycles - row.getValue()) / row.getValue();
      assertThat(error).as(row.getKey()).isLessThan(0.08);
      errors += error;
    }

    assertThat(errors / ESTIMATES.size()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void aStackOfSevenBySevenConvolutionsTakesExactlyWhatTheCompilerEstimates() throws IOException {
    assertThat(cyclesOnChip(evaluate("model_conv_128x128x3x32x7x10", "coral-compiler")))
        .isEqualTo(7_325_712);
  }

  /** The critical path without the host's parts: link, operators, invocation. */
  private static long cyclesOnChip(Evaluation evaluation) {
    return evaluation.time().total()
        - evaluation.time().of(Cause.HOST_LINK)
        - evaluation.time().of(Cause.HOST)
        - evaluation.time().fixed();
  }

  @ParameterizedTest
  @CsvSource({
    "conv2d_12x128x32_to_32_k3_s1_same_quant, 9472",
    "conv2d_12x184x64_to_64_k3_s1_same_quant, 37376",
    "conv2d_12x128x128_to_128_k3_s1_same_quant, 148480",
    "deeplabv3_mnv2_dm05_pascal_quant, 766720",
    "mobilenet_v1_0.25_128_quant, 518656",
    "mobilenet_v1_0.75_192_quant, 2729344",
    "mobilenet_v2_1.0_224_quant, 3900864",
    "model_conv_128x128x3x32x7x10, 459328",
    "posenet_mobilenet_v1_075_353_481_quant_decoder, 1386432",
  })
  void parametersTakeTheRoomThatTheVendorsCompilerGivesThem(String model, long compilerBytes)
      throws IOException {
    assertThat(evaluate(model, "coral-pcie").memory().paramsCachedBytes()).isEqualTo(compilerBytes);
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2_1.0_224_quant, 99552, 0",
    "conv2d_12x128x64_to_64_k3_s1_same_quant, 27280, 0.01",
  })
  void activationsTakeTheRoomThatTheVendorsCompilerGivesThem(
      String model, double compilerBytes, double tolerance) throws IOException {
    double bytes = evaluate(model, "coral-pcie").memory().peMemoryPeakBytes();

    assertThat(bytes).isCloseTo(compilerBytes, within(tolerance * compilerBytes));
  }

  /** Bytes are reported to 0.01 MiB from 1 MiB up. */
  @Test
  void theConvolutionSweepStreamsTheBytesThatTheVendorsCompilerReports() {
    List<Pair> streamed = pairs(table("coral-conv5"), "streamed MiB");

    assertThat(streamed).hasSizeGreaterThanOrEqualTo(24);
    assertThat(streamed).filteredOn(row -> row.measured() > 0).hasSizeGreaterThanOrEqualTo(10);
    assertThat(streamed)
        .allSatisfy(row -> assertThat(row.predicted()).isCloseTo(row.measured(), within(0.0051)));
  }

  @Test
  void neitherCompilerTakesMoreOfPeMemoryThanIsPublishedOfThePart() {
    List<Pair> bytes = pairs(table("compiler-memory"), "bytes per PE");

    assertThat(bytes).hasSizeGreaterThan(10); // those that need no file
    assertThat(bytes)
        .allSatisfy(
            row -> {
              assertThat(row.measured()).isBetween(1.0, CORAL_PE_MEMORY);
              assertThat(row.predicted()).isBetween(1.0, CORAL_PE_MEMORY);
            });
  }

  private static TableReport table(String id) {
    return Validation.run(
            List.of(Tables.find(id).orElseThrow()),
            Datasets.builtIn(),
            new Subjects(Files.isDirectory(MODELS) ? Optional.of(MODELS) : Optional.empty()),
            report -> {})
        .tables()
        .getFirst();
  }

  private static List<Pair> pairs(TableReport table, String quantity) {
    return table.summary().stream()
        .filter(line -> line.title().equals(quantity))
        .findFirst()
        .orElseThrow()
        .model()
        .pairs();
  }

  private static Evaluation evaluate(String model, String preset) throws IOException {
    Path file = MODELS.resolve(model + ".tflite");
    assumeThat(file).as("the shared models lie beside the checkout").exists();
    return PerformanceEvaluator.evaluate(
        ModelReader.read(model, ByteBuffer.wrap(Files.readAllBytes(file)), ImportOptions.DEFAULT)
            .graph(),
        Presets.get(preset),
        Fidelity.CYCLE,
        Interruption.NEVER);
  }
}
