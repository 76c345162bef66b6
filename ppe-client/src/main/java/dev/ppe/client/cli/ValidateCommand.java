package dev.ppe.client.cli;

import dev.ppe.client.report.validation.SensitivityWriter;
import dev.ppe.simulator.validation.Validation;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.Sensitivity;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe validate}: the simulator against every measured figure at hand, computed now. */
@Command(
    name = "validate",
    description = {
      "The simulator against measured and published figures, row by row, computed now.",
      "Beside it stands what MACs and bytes alone, fitted to the same rows, would have got."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe validate",
      "  ppe validate pixel6 coral-usb --data measured/",
      "  ppe validate --models models/ --format markdown > docs/validation.md",
      "  ppe validate pixel6 --sensitivity",
      "  ppe validate --check --format csv > residuals.csv"
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      completionCandidates = TableNames.class,
      description = "${COMPLETION-CANDIDATES}. Default: all.")
  private List<String> tables = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "More rows: files with names and columns of the built-in ones, such as",
        "pixel6_tensor_g1.csv. Rows that are known already are not counted again."
      })
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Models for rows about files, NAME.tflite; of others what the names tell is built.")
  private Optional<Path> models = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = {
        "${COMPLETION-CANDIDATES}. Default: table.",
        "markdown is docs/validation.md; csv is a record for each figure of a row."
      })
  private ValidationFormat format = ValidationFormat.TABLE;

  @Option(
      names = "--sensitivity",
      description = {
        "Instead of the tables: how much their times change when each assumption of the presets",
        "is half or twice as large. markdown is docs/sensitivity.md; there is no json."
      })
  private boolean sensitivity;

  @Option(names = "--check", description = "Exit with 1 if a target is missed.")
  private boolean check;

  @Override
  public Integer call() {
    List<ValidationTable> chosen =
        tables.isEmpty() ? Tables.all() : tables.stream().distinct().map(this::table).toList();
    models.ifPresent(ValidateCommand::requireFolder);
    if (sensitivity) {
      return sensitivity(chosen);
    }
    Failures failures = Failures.of(spec);
    Datasets datasets = read();
    datasets.notes().forEach(note -> failures.line("note: " + note));
    ValidationReport report =
        Validation.run(
            chosen, datasets, new Subjects(models), table -> failures.line(progress(table)));
    report
        .leftOut()
        .forEach((table, reason) -> failures.line("%s is left out: %s".formatted(table, reason)));
    format.writer(spec.commandLine().getOut()).write(report);
    return check && !report.met() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private int sensitivity(List<ValidationTable> chosen) {
    PrintWriter out = spec.commandLine().getOut();
    SensitivityWriter writer =
        format
            .sensitivityWriter(out)
            .orElseThrow(() -> new UsageException("--sensitivity is not printed as " + format));
    if (check) {
      throw new UsageException("--check is about targets: --sensitivity has none");
    }
    chosen.stream()
        .filter(table -> !tables.isEmpty() && !Sensitivity.isAboutTime(table))
        .findFirst()
        .ifPresent(
            table -> {
              throw new UsageException(
                  "--sensitivity is about times: table %s has none".formatted(table.id()));
            });
    Failures failures = Failures.of(spec);
    writer.write(
        Sensitivity.of(
            chosen,
            read(),
            new Subjects(models),
            preset ->
                failures.line(
                    "%s: %d assumptions on %d rows"
                        .formatted(preset.preset(), preset.assumptions().size(), preset.rows()))));
    return ExitCode.OK;
  }

  private ValidationTable table(String name) {
    return Tables.find(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no table \"%s\"; there are %s"
                        .formatted(name, String.join(", ", new TableNames()))));
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--models %s: no such folder".formatted(folder));
    }
  }

  private Datasets read() {
    try {
      return data.map(Datasets.builtIn()::with).orElseGet(Datasets::builtIn);
    } catch (DatasetException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String progress(TableReport table) {
    return "%s: %d rows%s"
        .formatted(
            table.table().id(),
            table.rows().size(),
            table.skipped().isEmpty() ? "" : ", %d skipped".formatted(table.skipped().size()));
  }

  /** For the help. */
  static final class TableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Tables.all().stream().map(ValidationTable::id).iterator();
    }
  }
}
