package dev.ppe.nas.cli;

import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas show}: what a study holds, while it is searched too. */
@Command(
    name = "show",
    description = "What a study is, how far it is, and its trials; while it is searched too.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas show v2.db",
      "  ppe nas show v2.db --pareto --format csv > front.csv",
      "  ppe nas show v2.db --trial 187",
      "  ppe nas show v2.db --all --format json > trials.jsonl"
    })
final class ShowCommand implements Callable<Integer> {
  /** One of them at most. */
  static final class Choice {
    @Option(
        names = "--best",
        paramLabel = "N",
        description = "The best ones. Default: 10, the front with several goals.")
    private Optional<Integer> best = Optional.empty();

    @Option(
        names = "--pareto",
        description = "The front in all metrics of the objective, of those that keep the limits.")
    private boolean pareto;

    @Option(names = "--trial", paramLabel = "K", description = "This one, with all its choices.")
    private Optional<Long> trial = Optional.empty();

    @Option(names = "--all", description = "All that have an outcome, in their order.")
    private boolean all;
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The study.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path file;

  @ArgGroup(exclusive = true)
  private final Choice choice = new Choice();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = {
        "${COMPLETION-CANDIDATES}. Default: table.",
        "csv has a column for each parameter; json is a line a trial."
      })
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    Study study = SearchRun.told(() -> StudyFile.read(file));
    StudyWriter.of(format, spec.commandLine().getOut()).write(study, selection(study));
    return ExitCode.OK;
  }

  private Selection selection(Study study) {
    if (choice.all) {
      return Selections.all(study);
    }
    if (choice.pareto) {
      return Selections.front(study);
    }
    if (choice.trial.isPresent()) {
      return Selections.one(study, choice.trial.get());
    }
    if (choice.best.isEmpty()) {
      return Selections.usual(study, Selections.MOST);
    }
    int count = choice.best.get();
    if (count < 1) {
      throw new UsageException("--best is %d, must be 1 or more".formatted(count));
    }
    return Selections.best(study, count);
  }
}
