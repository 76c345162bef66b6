package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Some of what the vendor's compiler reports of the models it compiled.
 *
 * @param id of the table
 * @param title of it
 * @param quantities that it is about; a row that has none of them is not in it
 */
record CompilerTable(String id, String title, List<Quantity> quantities)
    implements ValidationTable {
  private static final String SINGLE_LAYER = "single layer";
  private static final String NETWORK = "networks";
  private static final String EARLY = "early";
  private static final String LATE = "late";
  private static final String EARLY_PRESET = "coral-compiler";
  private static final String LATE_PRESET = "coral-compiler-late"; // of the same part

  /**
   * Activation memory of one PE of the part, 192 KiB, as published (google-coral/libedgetpu), which
   * no report of the vendor's compiler exceeds. Not what the presets have: plans stay within that
   * by construction, so a wrong preset would not be noticed.
   */
  private static final long PART_BYTES_PER_PE = 196_608;

  /** The estimate that early compilers carried. */
  static final CompilerTable CYCLES =
      new CompilerTable(
          "compiler-cycles",
          "Vendor's compiler, estimated cycles",
          List.of(
              Quantity.of("cycles", 0, "estimated_cycles", Figures::cyclesOnChip)
                  .shall(new Target.MeanError(0.03), new Target.WorstError(0.08))));

  static final CompilerTable PARAMETERS =
      new CompilerTable(
          "compiler-parameters",
          "Vendor's compiler, parameters",
          List.of(
              parameters(
                  "cached bytes",
                  "params_cached_on_chip_bytes",
                  evaluation -> evaluation.memory().paramsCachedBytes()),
              parameters(
                  "streamed bytes",
                  "params_streamed_per_inference_bytes",
                  evaluation -> evaluation.memory().paramsStreamedBytes())));

  static final CompilerTable MEMORY =
      new CompilerTable(
          "compiler-memory",
          "Vendor's compiler, activation memory of one PE (\"narrow memory\")",
          List.of(
              byGeneration(
                      "bytes per PE",
                      "narrow_memory_bytes_per_tile",
                      evaluation -> evaluation.memory().peMemoryPeakBytes())
                  .shall(new Target.Within(0.1, 0.9), new Target.NeverAbove(PART_BYTES_PER_PE))));

  static final CompilerTable INSTRUCTIONS =
      new CompilerTable(
          "compiler-instructions",
          "Vendor's compiler, instructions",
          List.of(
              byGeneration(
                      "instruction bytes",
                      "instruction_bytes",
                      evaluation -> evaluation.memory().instructionBytes())
                  .shall(new Target.Factor(1.5))));

  static final CompilerTable TRANSFERS =
      new CompilerTable(
          "compiler-transfers",
          "Vendor's compiler, inputs and outputs",
          List.of(
              Quantity.of(
                      "input bytes",
                      0,
                      "input_dma_bytes",
                      evaluation -> evaluation.memory().inputBytes())
                  .shall(new Target.Exact()),
              Quantity.of(
                      "output bytes",
                      0,
                      "output_dma_bytes",
                      evaluation -> evaluation.memory().outputBytes())
                  .shall(new Target.Exact())));

  private static Quantity parameters(
      String name, String column, ToDoubleFunction<Evaluation> model) {
    return Quantity.of(name, 0, column, model)
        .groupedBy(row -> row.weightedLayers() <= 1 ? SINGLE_LAYER : NETWORK)
        .shall(new Target.Within(0.01, 0.95))
        .shallIn(SINGLE_LAYER, new Target.Exact());
  }

  private static Quantity byGeneration(
      String name, String column, ToDoubleFunction<Evaluation> model) {
    return Quantity.of(name, 0, column, model)
        .groupedBy(row -> row.row().text("compiler_generation"));
  }

  @Override
  public Dataset dataset() {
    return Dataset.COMPILER;
  }

  @Override
  public boolean includes(Row row) {
    String generation = row.text("compiler_generation");
    return (generation.equals(EARLY) || generation.equals(LATE))
        && quantities.stream().anyMatch(quantity -> row.has(quantity.column()));
  }

  @Override
  public String label(Row row) {
    return "%s (%s)".formatted(row.text("model"), row.text("compiler_generation"));
  }

  @Override
  public Subject subject(Row row, Subjects subjects) {
    return subjects.compiled(row);
  }

  /** The machine that a generation's compiler assumes. */
  @Override
  public String preset(Row row) {
    return row.text("compiler_generation").equals(EARLY) ? EARLY_PRESET : LATE_PRESET;
  }
}
