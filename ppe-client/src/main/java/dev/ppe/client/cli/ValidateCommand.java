package dev.ppe.client.cli;

import dev.ppe.simulator.validation.Validation;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Claims;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Beside it stands what MACs and bytes alone, fitted to the same rows, would have got.",
      "The table \"claims\" has what the model says of the paper's claims about blocks."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe validate",
      "  ppe validate pixel6 coral-usb --data measured/",
      "  ppe validate claims",
      "  ppe validate --models models/ --format markdown > docs/validation.md",
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

  @Option(names = "--check", description = "Exit with 1 if a target is missed.")
  private boolean check;

  @Override
  public Integer call() {
    List<ValidationTable> chosen =
        tables.isEmpty()
            ? Tables.all()
            : tables.stream()
                .filter(name -> !name.equals(Claims.ID))
                .distinct()
                .map(this::table)
                .toList();
    models.ifPresent(ValidateCommand::requireFolder);
    Failures failures = Failures.of(spec);
    Datasets datasets = read();
    datasets.notes().forEach(note -> failures.line("note: " + note));
    ValidationReport report =
        Validation.run(
            chosen, datasets, new Subjects(models), table -> failures.line(progress(table)));
    if (tables.isEmpty() || tables.contains(Claims.ID)) {
      report = report.with(Claims.examine());
      failures.line("%s: %d examined".formatted(Claims.ID, report.findings().size()));
    }
    report
        .leftOut()
        .forEach((table, reason) -> failures.line("%s is left out: %s".formatted(table, reason)));
    format.writer(spec.commandLine().getOut()).write(report);
    return check && !report.met() ? ExitCode.SOFTWARE : ExitCode.OK;
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
      return Stream.concat(Tables.all().stream().map(ValidationTable::id), Stream.of(Claims.ID))
          .iterator();
    }
  }
}
