package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.cli.ConnectionOptions;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.cli.WholeFile;
import dev.ppe.nas.report.CandidateChoice;
import dev.ppe.nas.report.Detail;
import dev.ppe.nas.report.Details;
import dev.ppe.nas.report.StudyPage;
import dev.ppe.nas.report.StudyReport;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.Trial;
import io.grpc.Status;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas report}: a study as a page. */
@Command(
    name = "report",
    description = {
      "A study as one HTML file that needs nothing but a browser: its Pareto front, parameters and",
      "trials, how the search went, and the networks of its best trials, layer by layer."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas report v2.db",
      "  ppe nas report v2.db -o v2.html --candidates 30",
      "  ppe nas report v2.db --candidates ids=17,187 --compare-with mobilenet_edgetpu_v2_s"
    })
final class ReportCommand implements Callable<Integer> {
  private static final int MOST_CANDIDATES = 500;

  /** A network's page takes some tens of kilobytes. */
  private static final int MOST_MODELS = 50;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY", description = "The study; it may be searched meanwhile.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where to; a file there is replaced. Default: the study's name with .html.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--candidates",
      paramLabel = "N|ids=K,...",
      description = {
        "Whose networks the page holds layer by layer: N of the best ones and of the front, or",
        "trials by their numbers. They are evaluated again. Default: 16."
      })
  private String candidates = "16";

  @Option(
      names = "--compare-with",
      paramLabel = "NAME",
      description = "A built-in network to compare with: ppe inspect --zoo; may be repeated.")
  private List<String> models = new ArrayList<>();

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    if (models.size() > MOST_MODELS) {
      throw new UsageException("--compare-with names more than %d".formatted(MOST_MODELS));
    }
    Study study = SearchRun.told(() -> StudyFile.read(file));
    StudyReport report = StudyReport.of(study);
    List<Trial> chosen = chosen(report);
    int asked = chosen.size() + models.size();
    String target = output.orElseGet(this::besideStudy);
    WholeFile.requireNoInput("--output", target, List.of(file.toString()));
    List<Detail> details;
    try (WholeFile page = WholeFile.at(target)) { // before the work, which would be lost
      details = asked == 0 ? List.of() : details(study, chosen);
      Writer out =
          new BufferedWriter(new OutputStreamWriter(page.stream(), StandardCharsets.UTF_8));
      StudyPage.write(report, details, out);
      page.commit();
    } catch (IOException e) {
      throw WholeFile.unwritable(target, e);
    }
    Failures.of(spec)
        .remark(
            "%s: %d trials, %d of them layer by layer"
                .formatted(target, study.done().size(), details.size() - models.size()));
    return details.size() == asked ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private String besideStudy() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".html").toString();
  }

  private List<Trial> chosen(StudyReport report) {
    if (candidates.startsWith(TrialIds.PREFIX)) {
      List<Trial> trials =
          TrialIds.of(
              report.study(), "--candidates", candidates.substring(TrialIds.PREFIX.length()));
      requireFew(trials.size());
      return trials;
    }
    if (!candidates.matches("[0-9]{1,9}")) {
      throw new UsageException(
          "--candidates is \"%s\", must be a number or ids=3,17".formatted(candidates));
    }
    int most = Integer.parseInt(candidates);
    requireFew(most);
    return CandidateChoice.of(report, most);
  }

  private static void requireFew(int count) {
    if (count > MOST_CANDIDATES) {
      throw new UsageException(
          "--candidates asks for %d trials, must be %d or fewer: ppe nas serve-report evaluates what is opened"
              .formatted(count, MOST_CANDIDATES));
    }
  }

  private List<Detail> details(Study study, List<Trial> chosen) {
    try (PpeClient client = connection.open(Failures.of(spec)::remark)) {
      Details evaluate = new Details(client::estimate);
      List<Detail> details = new ArrayList<>();
      for (int i = 0; i < models.size(); i++) {
        details.add(model(evaluate, study, i)); // misspelt ones are said early
      }
      chosen.forEach(trial -> trial(evaluate, study, trial).ifPresent(details::add));
      return details;
    }
  }

  private Detail model(Details evaluate, Study study, int number) {
    try {
      return evaluate.ofModel(study, models.get(number), number);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** A trial's network; of one without an answer a line says why, and the page has the others. */
  private Optional<Detail> trial(Details evaluate, Study study, Trial trial) {
    try {
      return Optional.of(evaluate.ofTrial(study, trial));
    } catch (PpeException e) {
      if (e.code() == Status.Code.UNAVAILABLE) {
        throw e; // nor would others have an answer
      }
      Failures.of(spec).line("trial %d: %s".formatted(trial.number(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      Failures.of(spec).line("trial %d: %s".formatted(trial.number(), e.getMessage()));
    }
    return Optional.empty();
  }
}
