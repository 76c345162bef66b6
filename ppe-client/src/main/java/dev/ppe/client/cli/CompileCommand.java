package dev.ppe.client.cli;

import dev.ppe.client.report.explain.ExplanationCsv;
import dev.ppe.client.report.explain.ExplanationJson;
import dev.ppe.client.report.explain.ExplanationTable;
import dev.ppe.client.report.explain.ExplanationWriter;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.v1.EstimateRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe compile}: what the compiler decides; {@link CompileRun} does the work. */
@Command(
    name = "compile",
    description = {
      "Where every operator and tensor goes, and why: accelerator or host, which layer, how it is",
      "cut over the PEs, which memory, which instructions."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe compile mobilenet_edgetpu_v2_s --accelerator tensor-g1",
      "  ppe compile model.tflite --stop-after place --all",
      "  ppe compile candidates/*.tflite --verify --rows 0",
      "  ppe compile model.tflite --format json | jq '.tensors[] | select(.placement == \"OFF_CHIP\")'"
    })
public final class CompileCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", arity = "1..*", description = "As for ppe estimate.")
  private List<String> models = List.of();

  @Mixin private final TaskOptions task = new TaskOptions();

  @Mixin private final FileOptions file = new FileOptions();

  @Option(
      names = "--stop-after",
      paramLabel = "PHASE",
      converter = PhaseOption.class,
      description = "join, place, fuse, tile, allocate or schedule. Default: schedule, the last.")
  private Phase stopAfter = Phase.SCHEDULE;

  @Option(
      names = "--verify",
      description = "Check after each phase what must hold then; fail where it does not.")
  private boolean verify;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = {
        "${COMPLETION-CANDIDATES}. Default: table.",
        "json holds everything; csv is a row an operator."
      })
  private Format format = Format.TABLE;

  @Option(
      names = "--rows",
      paramLabel = "N|all",
      converter = LayerCount.class,
      description = "How many rows a table shows, the most important ones. Default: 10.")
  private int rows = 10;

  @Option(names = "--all", description = "All rows, as --rows all.")
  private boolean all;

  @Mixin private final SharingOptions sharing = new SharingOptions();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Override
  public Integer call() {
    Optional<SharedChip> chip = sharing.chip();
    if (chip.isPresent() && stopAfter.compareTo(Phase.ALLOCATE) < 0) {
      throw new UsageException(
          "%s needs the allocate phase: --stop-after %s is too early"
              .formatted(SharingOptions.NAME, stopAfter));
    }
    PrintWriter out = spec.commandLine().getOut();
    EstimateRequest options = file.request().toBuilder().mergeFrom(task.request()).build();
    return new CompileRun(
            model -> model.load(networks, task.precision().arithmetic(), options),
            options,
            task.precision().precision(),
            stopAfter,
            verify,
            chip,
            writer(out),
            out,
            Failures.of(spec))
        .of(ModelArguments.of(models));
  }

  private ExplanationWriter writer(PrintWriter out) {
    return switch (format) {
      case TABLE -> new ExplanationTable(out, TextWidth.get(), all ? Integer.MAX_VALUE : rows);
      case JSON -> new ExplanationJson(out);
      case CSV -> new ExplanationCsv(out);
    };
  }
}
