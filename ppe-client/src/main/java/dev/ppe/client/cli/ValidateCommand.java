package dev.ppe.client.cli;

import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import dev.ppe.simulator.validation.tier.TierComparison;
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
      "The table fits has the presets' fitted constants beside what all rows give now,",
      "claims has what the model says of the paper's claims about blocks,",
      "tiers holds the analytical fidelity against the cycle level, and",
      "energy checks energies against the data sheet and the paper's trend."
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
      "  ppe validate pixel6 --sensitivity",
      "  ppe validate tiers --tiers 500",
      "  ppe validate --check --format csv > residuals.csv"
    })
public final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_NETWORKS =
      31_250; // every cell of NAS-Bench-201, and as many chains

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
        "is half or twice as large. Without TABLE, networks of the zoo on every preset too.",
        "markdown is docs/sensitivity.md; there is no json."
      })
  private boolean sensitivity;

  @Option(
      names = "--tiers",
      paramLabel = "N",
      defaultValue = "" + TierComparison.NETWORKS,
      description = {
        "Networks on which the table tiers compares the analytical fidelity with the cycle",
        "level. Default: ${DEFAULT-VALUE}."
      })
  private int networks;

  @Option(names = "--check", description = "Exit with 1 if a target is missed.")
  private boolean check;

  @Override
  public Integer call() {
    List<ValidationTable> chosen = chosenTables();
    if (networks < 2 || networks > MOST_NETWORKS) {
      throw new UsageException(
          "--tiers %d: must be between 2 and %d".formatted(networks, MOST_NETWORKS));
    }
    models.ifPresent(ValidateCommand::requireFolder);
    if (sensitivity) {
      if (check) {
        throw new UsageException("--check is about targets: --sensitivity has none");
      }
      return new SensitivityRun(format, spec.commandLine().getOut(), Failures.of(spec))
          .of(tables, chosen, read(), new Subjects(models));
    }
    ValidationReport report =
        new ValidationRun(read(), new Subjects(models), networks, Failures.of(spec))
            .of(chosen, chosenChecks());
    format.writer(spec.commandLine().getOut()).write(report);
    return check && !report.met() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private List<ValidationTable> chosenTables() {
    return tables.isEmpty()
        ? Tables.all()
        : tables.stream()
            .distinct()
            .filter(name -> !ValidationRun.CHECKS.contains(name))
            .map(this::table)
            .toList();
  }

  private List<String> chosenChecks() {
    return ValidationRun.CHECKS.stream()
        .filter(name -> tables.isEmpty() || tables.contains(name))
        .toList();
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

  /** For the help. */
  static final class TableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Tables.all().stream().map(ValidationTable::id), ValidationRun.CHECKS.stream())
          .iterator();
    }
  }
}
