package dev.ppe.nas.cli;

import dev.ppe.client.cli.ExportFormat;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.GroupForm;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.cli.WeightsOption;
import dev.ppe.nas.export.StudyExport;
import dev.ppe.nas.study.Ranking;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.Trial;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas export}: networks of a study for training. */
@Command(
    name = "export",
    description = {
      "Networks of a study as files, with all trials as CSV and JSON Lines and a manifest that says",
      "how each came about: what a training needs."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas export v2.db --select pareto --output front",
      "  ppe nas export v2.db --select best=5 --format tflite,keras --output best",
      "  ppe nas export v2.db --select ids=17,187 --format onnx --weights random --output two"
    })
final class StudyExportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY", description = "The study; it may be searched meanwhile.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path file;

  @Option(
      names = "--select",
      paramLabel = "WHICH",
      required = true,
      description = {
        "pareto: the front; best or best=N, with one goal; ids=3,17: trials by their numbers."
      })
  private String select = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      description = {
        "${COMPLETION-CANDIDATES}; several with commas between them. Default: tflite.",
        "json: a ppe.v1.Graph; keras: Python source, for training."
      })
  private List<ExportFormat> formats = new ArrayList<>(List.of(ExportFormat.TFLITE));

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Where to; made if it is not there.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path output;

  @Option(
      names = "--force",
      description = "Replace files of the same names in a folder that has some; others stay.")
  private boolean force;

  @Option(
      names = "--groups",
      paramLabel = "FORM",
      description =
          "Group convolutions, as of ppe export: ${COMPLETION-CANDIDATES}. Default: native.")
  private GroupForm groups = GroupForm.NATIVE;

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      description = "What tflite and onnx hold: ${COMPLETION-CANDIDATES}. Default: zero.")
  private WeightsOption weights = WeightsOption.ZERO;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of random weights: equal seeds give equal files. Default: 0.")
  private Optional<Long> seed = Optional.empty();

  @Override
  public Integer call() {
    if (seed.isPresent() && weights != WeightsOption.RANDOM) {
      throw new UsageException("--seed is for --weights random");
    }
    Study study = SearchRun.told(() -> StudyFile.read(file));
    List<Trial> trials = selected(study);
    StudyExport export =
        new StudyExport(
            study,
            select,
            formats.stream().distinct().toList(),
            groups,
            weights.of(seed.orElse(0L)));
    try {
      List<String> names = export.write(output, trials, force);
      names.forEach(name -> spec.commandLine().getOut().println(output.resolve(name)));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IllegalArgumentException e) { // what a format cannot express, with trial and node
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UnreadableException(reason(e), e);
    }
  }

  private List<Trial> selected(Study study) {
    List<Trial> trials = byWord(study);
    if (trials.isEmpty()) {
      Failures.of(spec)
          .remark(
              "no trial of %s keeps the limits: there are no networks to write".formatted(file));
    }
    return trials;
  }

  private List<Trial> byWord(Study study) {
    if (select.equals("pareto")) {
      return Selections.front(study).trials();
    }
    if (select.equals("best")) {
      return best(study, 1);
    }
    if (select.matches("best=[1-9][0-9]{0,5}")) {
      return best(study, Integer.parseInt(select.substring("best=".length())));
    }
    if (select.startsWith(TrialIds.PREFIX)) {
      return TrialIds.of(study, "--select", select.substring(TrialIds.PREFIX.length()));
    }
    throw new UsageException(
        "--select is \"%s\", must be pareto, best, best=N or ids=3,17".formatted(select));
  }

  /** Of those that keep the limits. */
  private static List<Trial> best(Study study, int count) {
    int goals = study.objective().goals().size();
    if (goals > 1) {
      throw new UsageException(
          "--select best: there are %d goals, and no trial is the best of all; --select pareto takes the front"
              .formatted(goals));
    }
    return Ranking.best(study, count).stream()
        .filter(trial -> Ranking.isFeasible(trial.outcome(study.objective())))
        .toList();
  }

  private String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException there ->
          "%s: has files already; --force replaces those of the same names".formatted(output);
      case NotDirectoryException file -> "%s: is no folder".formatted(output);
      case NoSuchFileException missing -> "%s: its parent folder is not there".formatted(output);
      case AccessDeniedException denied -> "%s: permission denied".formatted(output);
      default -> "%s: cannot be written: %s".formatted(output, e.getMessage());
    };
  }
}
