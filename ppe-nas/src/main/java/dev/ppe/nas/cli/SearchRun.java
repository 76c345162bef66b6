package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.ConnectionOptions;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.study.BackendSource;
import dev.ppe.nas.study.FailureCount;
import dev.ppe.nas.study.Recosting;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyException;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyRun;
import dev.ppe.nas.study.Trial;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What searching and resuming have in common. */
final class SearchRun {
  private static final int MAX_WORKERS = 1_000;

  /** Longest searches that make sense: more trials than this do not fit into memory. */
  private static final long MAX_TRIALS = 10_000_000;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "Candidates under way at a time; the trials are the same whatever it is.",
        "Default: the processors here, 16 with --target."
      })
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--accept-version",
      description = "Go on although another version of the simulator answered before.")
  private boolean acceptVersion;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "Of the best trials at the end: ${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final VizierOptions vizier = new VizierOptions();

  /** Checks that the back-end's server is given if it needs one, and else is not. */
  void check(BackendFactory backend) {
    BackendSource unused = vizier.source(backend);
  }

  /** A client as asked for. */
  PpeClient open(CommandSpec spec) {
    atATime(); // before a study is begun
    return connection.open(Failures.of(spec)::remark);
  }

  /** Checks a number of trials. */
  static long checkedTrials(long trials) {
    if (trials < 1 || trials > MAX_TRIALS) {
      throw new UsageException("--trials is %d, must be 1 to %d".formatted(trials, MAX_TRIALS));
    }
    return trials;
  }

  /**
   * Searches until the study has its trials, and prints the best ones.
   *
   * @param resumable whether the study is there after the process
   */
  int run(StudyFile file, boolean resumable, PpeClient client, CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = new Progress(err, Failures.of(spec).progressLine(), System::nanoTime);
    StudyRun run =
        new StudyRun(
            file,
            client::estimate,
            atATime(),
            acceptVersion,
            progress,
            vizier.source(file.study().definition().backend()));
    Thread end = new Thread(() -> stop(run, resumable, Failures.of(spec)), "end-of-search");
    Runtime.getRuntime().addShutdownHook(end);
    Study study;
    try {
      study = run.run();
      if (!Recosting.winners(study).isEmpty()) {
        study = new Recosting(file, client::estimate, atATime(), acceptVersion).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException("interrupted", e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } finally {
      progress.end();
      removeHook(end);
    }
    long done = study.done().size();
    if (done < study.limit()) {
      Failures.of(spec).line("the space has no more points: %d trials are all".formatted(done));
    }
    sayIfAllFailed(study, Failures.of(spec));
    StudyWriter.of(format, out).write(study, Selections.usual(study, Selections.MOST));
    return ExitCode.OK;
  }

  private static void sayIfAllFailed(Study study, Failures failures) {
    List<Trial> done = study.done();
    if (done.stream().allMatch(trial -> trial.result() instanceof Trial.Failed)) {
      FailureCount.mostFrequent(study)
          .ifPresent(
              each -> failures.line("all %d trials failed: %s".formatted(done.size(), each)));
    }
  }

  private int atATime() {
    int atATime = workers.orElse(connection.width());
    if (atATime < 1 || atATime > MAX_WORKERS) {
      throw new UsageException("--workers is %d, must be 1 to %d".formatted(atATime, MAX_WORKERS));
    }
    return atATime;
  }

  private static void stop(StudyRun run, boolean resumable, Failures failures) {
    run.stop();
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    failures.line(
        resumable
            ? "interrupted; everything recorded is safe, ppe nas resume goes on"
            : "interrupted; without --study nothing is kept");
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) { // the process ends: the hook has its say
      return;
    }
  }

  /** Failures of studies as the command line tells of them. */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (StudyException e) {
      throw new UnreadableException(e.getMessage(), e);
    }
  }
}
