package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.StudyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas resume}: goes on with a study; the file says all the rest. */
@Command(
    name = "resume",
    description = {
      "Goes on with a study where it ended, however it ended. Nothing that was recorded is evaluated",
      "again, and the trials are those of a search that was never interrupted."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas resume v2.db",
      "  ppe nas resume v2.db --trials 5000 --target host-a,host-b"
    })
final class ResumeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The study.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path file;

  @Option(
      names = {"-n", "--trials"},
      paramLabel = "N",
      description = "How many candidates to try, those before included. Default: as begun.")
  private Optional<Long> trials = Optional.empty();

  @Mixin private final SearchRun search = new SearchRun();

  @Override
  public Integer call() {
    trials.ifPresent(SearchRun::checkedTrials);
    return SearchRun.told(
        () -> {
          try (StudyFile study = StudyFile.open(file);
              PpeClient client = search.open(spec)) {
            StudyDefinition definition = study.study().definition();
            search.check(definition.backend());
            requireProgram(definition.quality());
            trials.ifPresent(wanted -> extend(study, wanted));
            return search.run(study, true, client, spec);
          }
        });
  }

  private static void requireProgram(QualityDefinition quality) {
    if (quality instanceof QualityDefinition.Command command) {
      Programs.found(command.words());
    }
  }

  private void extend(StudyFile study, long wanted) {
    long limit = study.study().limit();
    if (wanted < limit) {
      throw new UsageException(
          "--trials is %d, must be %d or more: so many were asked for".formatted(wanted, limit));
    }
    study.limit(wanted);
  }
}
