package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.Comparison.EvaluatedRow;
import dev.ppe.simulator.validation.Comparison.Quantity;
import dev.ppe.simulator.validation.GroundTruth.Row;
import dev.ppe.simulator.validation.Subjects.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/validation.md: every row of the ground truth whose network there is, and the
 * names of the others. No test by its name, so that only {@code -Dtest=ValidationTables} runs it;
 * it copies the document to target/validation.md with its tables, between comments {@code table}
 * and {@code end}, written anew.
 */
class ValidationTables {
  private static final Path DOCUMENT = Path.of("..", "docs", "validation.md");
  private static final Path RESULT = Path.of("target", "validation.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- table (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);

  private static final double MEBIBYTE = 1 << 20;
  private static final Quantity LATENCY =
      new Quantity("ms", "%.2f", "latency_ms", evaluation -> evaluation.latencyUs() / 1e3);
  private static final List<Quantity> SWEEP =
      List.of(
          LATENCY,
          new Quantity(
              "cached MiB",
              "%.2f",
              "onchip_params_mib",
              evaluation -> evaluation.memory().paramsCachedBytes() / MEBIBYTE),
          new Quantity(
              "spilled MiB",
              "%.2f",
              "offchip_params_mib",
              evaluation -> evaluation.memory().paramsStreamedBytes() / MEBIBYTE));

  private static final Quantity CACHED =
      whole(
          "cached bytes",
          "params_cached_on_chip_bytes",
          evaluation -> evaluation.memory().paramsCachedBytes());
  private static final Quantity STREAMED =
      whole(
          "streamed bytes",
          "params_streamed_per_inference_bytes",
          evaluation -> evaluation.memory().paramsStreamedBytes());
  private static final Quantity NARROW =
      whole(
          "bytes per PE",
          "narrow_memory_bytes_per_tile",
          evaluation -> evaluation.memory().peMemoryPeakBytes());
  private static final Quantity INSTRUCTIONS =
      whole(
          "instruction bytes",
          "instruction_bytes",
          evaluation -> evaluation.memory().instructionBytes());
  private static final Quantity INPUT =
      whole("input bytes", "input_dma_bytes", evaluation -> evaluation.memory().inputBytes());
  private static final Quantity OUTPUT =
      whole("output bytes", "output_dma_bytes", evaluation -> evaluation.memory().outputBytes());
  private static final Quantity CYCLES =
      whole("cycles", "estimated_cycles", ValidationTables::cyclesOnChip);

  /** The rows whose mean the fixed cost of an invocation on tensor-g1 was fitted to. */
  private static final Set<String> FITTED_PIXEL_6 =
      Set.of(
          "MobileNetEdgeTPUv2-Tiny",
          "MobileNetEdgeTPUv2-S",
          "MobileNetEdgeTPUv2-L",
          "MobileNetEdgeTPU dm1.0");

  private final Map<String, String> tables = new LinkedHashMap<>();
  private final List<List<String>> summary =
      new ArrayList<>(List.of(List.of("table", "rows", "MAPE", "R2 (y = x)", "Kendall tau")));
  private final List<String> absent = new ArrayList<>();

  @Test
  void writesTheTablesOfTheDocument() throws IOException {
    assumeThat(GroundTruth.FOLDER).as("measured figures beside the checkout").exists();

    pixel6();
    namedModels();
    sweeps();
    compiler();
    tables.put("summary", Comparison.markdown(summary));
    tables.put("absent", String.join("", absent));

    Files.createDirectories(RESULT.getParent());
    Files.writeString(RESULT, rewritten(Files.readString(DOCUMENT)));
    System.out.println(tables.get("summary") + "\n" + tables.get("absent"));
  }

  private String rewritten(String document) {
    List<String> written = new ArrayList<>();
    String result =
        BLOCK
            .matcher(document)
            .replaceAll(
                block -> {
                  String name = block.group(1);
                  written.add(name);
                  assertThat(tables).containsKey(name);
                  return Matcher.quoteReplacement(
                      "<!-- table %s -->\n\n%s\n<!-- end -->".formatted(name, tables.get(name)));
                });
    assertThat(written).as("tables of the document").containsAll(tables.keySet());
    return result;
  }

  private void pixel6() throws IOException {
    String file = "pixel6_tensor_g1.csv";
    List<EvaluatedRow> cases = new ArrayList<>();
    for (Row row : GroundTruth.rows(file)) {
      String name = row.text("model");
      Subject subject = Subjects.published(name, row.text("input_hwc"));
      String group = FITTED_PIXEL_6.contains(name) ? "fitted to" : "held out";
      add(cases, file, name, group, row, subject, "tensor-g1");
    }
    record("pixel6", new Comparison("Pixel 6", "model", List.of(LATENCY), cases));
  }

  private void namedModels() throws IOException {
    String file = "coral_named_models.csv";
    List<EvaluatedRow> cases = new ArrayList<>();
    for (Row row : GroundTruth.rows(file)) {
      boolean usb = row.text("host").equals("usb3-desktop");
      String host = usb ? "USB" : "Dev Board";
      add(
          cases,
          file,
          row.text("model") + ", " + host,
          host,
          row,
          Subjects.published(row.text("model"), row.text("input_hwc")),
          usb ? "coral-usb" : "coral-dev-board");
    }
    record("named", new Comparison("Coral named models", "model", List.of(LATENCY), cases));
  }

  private void sweeps() throws IOException {
    String file = "coral_conv5_sweep.csv";
    List<EvaluatedRow> convolutions = new ArrayList<>();
    for (Row row : GroundTruth.rows(file)) {
      Graph graph = Subjects.convolutions(row.integer("filters"));
      add(
          convolutions,
          file,
          row.text("filters"),
          spilling(row),
          row,
          new Subject.Found(graph),
          "coral-pcie");
    }
    assertMacs(convolutions);
    record("conv5", new Comparison("Coral five convolutions", "filters", SWEEP, convolutions));

    file = "coral_dense_sweep.csv";
    List<EvaluatedRow> stacks = new ArrayList<>();
    for (Row row : GroundTruth.rows(file)) {
      add(
          stacks,
          file,
          row.text("units"),
          spilling(row),
          row,
          new Subject.Found(Subjects.dense(64, widths(row))),
          "coral-pcie");
    }
    assertMacs(stacks);
    record("dense", new Comparison("Coral dense stacks", "units", SWEEP, stacks));
  }

  /** That the networks written here are those that were measured. */
  private static void assertMacs(List<EvaluatedRow> cases) {
    assertThat(cases)
        .allSatisfy(
            row ->
                assertThat(row.evaluation().macs())
                    .isEqualTo(Long.parseLong(row.row().text("macs"))));
  }

  private static String spilling(Row row) {
    return row.number("offchip_params_mib") > 0 ? "spilled" : "all cached";
  }

  /** From {@code 64->100, then 3 x (100->100), then 100->10}. */
  private static List<Integer> widths(Row row) {
    int units = row.integer("units");
    String expected = "64->%1$d, then 3 x (%1$d->%1$d), then %1$d->10".formatted(units);
    assertThat(row.text("layers")).isEqualTo(expected);
    List<Integer> widths = new ArrayList<>(Collections.nCopies(4, units));
    widths.add(10);
    return widths;
  }

  private void compiler() throws IOException {
    String file = "edgetpu_compiler.csv";
    List<EvaluatedRow> cases = new ArrayList<>();
    for (Row row : GroundTruth.rows(file)) {
      String name = row.text("model");
      String generation = row.text("compiler_generation");
      add(
          cases,
          file,
          name + " (" + generation + ")",
          generation,
          row,
          Subjects.compiled(name),
          "coral-pcie");
    }
    record("parameters", compiler("parameters", cases, CACHED, STREAMED));
    record("narrow", compiler("activation memory", cases, NARROW));
    record(
        "instructions",
        compiler("instructions", regrouped(cases, ValidationTables::instructionFit), INSTRUCTIONS));
    record("dma", compiler("transfers", cases, INPUT, OUTPUT));
    record(
        "cycles",
        compiler(
            "estimate",
            regrouped(
                cases.stream().filter(row -> row.row().has("estimated_cycles")).toList(),
                row ->
                    row.evaluation().memory().offChipActivationBytes() > 0
                        ? "activations off the chip in the model"
                        : "activations on the chip"),
            CYCLES));
  }

  private static List<EvaluatedRow> regrouped(
      List<EvaluatedRow> cases, Function<EvaluatedRow, String> group) {
    return cases.stream()
        .map(row -> new EvaluatedRow(row.name(), group.apply(row), row.row(), row.evaluation()))
        .toList();
  }

  /** The two parameters were fitted to early rows with the classifier or another end. */
  private static String instructionFit(EvaluatedRow row) {
    boolean fitted = row.group().equals("early") && !row.name().contains("_wo_fc_");
    return row.group() + (fitted ? ", fitted to" : ", held out");
  }

  private static Comparison compiler(
      String title, List<EvaluatedRow> cases, Quantity... quantities) {
    return new Comparison("Compiler " + title, "model", List.of(quantities), cases);
  }

  private void add(
      List<EvaluatedRow> cases,
      String file,
      String name,
      String group,
      Row row,
      Subject subject,
      String preset) {
    switch (subject) {
      case Subject.Found(Graph graph) ->
          cases.add(
              new EvaluatedRow(
                  name,
                  group,
                  row,
                  PerformanceEvaluator.evaluate(
                      graph, Presets.get(preset), Fidelity.CYCLE, Interruption.NEVER)));
      case Subject.Absent(String reason) ->
          absent.add("* `%s`, %s: %s\n".formatted(file, name, reason));
    }
  }

  private void record(String table, Comparison comparison) {
    tables.put(table, comparison.table());
    comparison.summary().forEach(summary::add);
  }

  /** The critical path without the host's parts: link, operators, invocation. */
  private static double cyclesOnChip(Evaluation evaluation) {
    return evaluation.time().total()
        - evaluation.time().of(Cause.HOST_LINK)
        - evaluation.time().of(Cause.HOST)
        - evaluation.time().of(Cause.INVOCATION);
  }

  private static Quantity whole(String name, String column, ToDoubleFunction<Evaluation> model) {
    return new Quantity(name, "%,.0f", column, model);
  }
}
