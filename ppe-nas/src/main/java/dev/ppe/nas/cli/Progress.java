package dev.ppe.nas.cli;

import dev.ppe.client.terminal.ProgressLine;
import dev.ppe.nas.backend.Fitness;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyListener;
import dev.ppe.nas.study.Trial;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells how far a search is: {@code 412 of 1000 trials, 131/s, best 7.36 (trial 187), 0:05 left}.
 * Where somebody watches, in one line that changes; else a line now and then.
 */
final class Progress implements StudyListener {
  private static final long WATCHED_NANOS = Duration.ofMillis(200).toNanos();
  private static final long UNWATCHED_NANOS = Duration.ofSeconds(30).toNanos();

  private final PrintWriter err;
  private final ProgressLine line;
  private final LongSupplier clock;
  private Optional<Study> study = Optional.empty();
  private long begin;
  private long said;
  private long before;
  private long done;
  private long failed;
  private long kept;
  private String best = "";
  private Outcome bestOutcome = new Outcome.Failed("none yet");

  /**
   * Progress.
   *
   * @param err gets a line now and then where nobody watches
   * @param line is written over where somebody does
   * @param clock in nanoseconds
   */
  Progress(PrintWriter err, ProgressLine line, LongSupplier clock) {
    this.err = err;
    this.line = line;
    this.clock = clock;
  }

  @Override
  public void begun(Study begun) {
    study = Optional.of(begun);
    begin = clock.getAsLong();
    said = begin;
    begun.trials().stream().filter(Trial::isDone).forEach(this::count);
    before = done;
    if (before > 0) {
      err.printf(
          "ppe: %s goes on: %d of %d trials are recorded%n", begun.name(), before, begun.limit());
      err.flush();
    }
  }

  @Override
  public void recorded(Trial trial) {
    count(trial);
    long now = clock.getAsLong();
    if (now - said >= (line.isShown() ? WATCHED_NANOS : UNWATCHED_NANOS)) {
      said = now;
      if (line.isShown()) {
        line.draw(text(now));
      } else {
        err.println("ppe: " + text(now));
        err.flush();
      }
    }
  }

  /** Takes the line away that changes. */
  void end() {
    line.clear();
  }

  private void count(Trial trial) {
    done++;
    Outcome outcome = trial.outcome(study.orElseThrow().objective());
    switch (outcome) {
      case Outcome.Failed reason -> failed++;
      case Scored scored -> {
        kept += scored.isFeasible() ? 1 : 0;
        if (scored.scores().size() == 1 && Fitness.ORDER.compare(outcome, bestOutcome) > 0) {
          bestOutcome = outcome;
          best =
              String.format(
                  Locale.ROOT,
                  ", best %.5g%s (trial %d)",
                  scored.score(),
                  scored.isFeasible() ? "" : " over the limits",
                  trial.number());
        }
      }
    }
  }

  private String text(long now) {
    long limit = study.orElseThrow().limit();
    double seconds = Math.max(1e-9, (now - begin) * 1e-9);
    double rate = (done - before) / seconds;
    long left = Math.round(Math.max(0, limit - done) / Math.max(1e-9, rate));
    return String.format(
        Locale.ROOT,
        "%d of %d trials, %s%s, %d failed, %s left",
        done,
        limit,
        rate >= 1 ? Math.round(rate) + "/s" : String.format(Locale.ROOT, "%.1f/min", rate * 60),
        best.isEmpty() ? ", %d keep the limits".formatted(kept) : best,
        failed,
        ProgressLine.text(Duration.ofSeconds(left)));
  }
}
