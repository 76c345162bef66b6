package dev.ppe.nas.live;

import dev.ppe.nas.report.StudyReport;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What a study file holds now, while a search writes to it. Reads what is new at most every half a
 * second, whoever asks; each read is short and needs no lock, so that the search never waits.
 */
final class LiveStudy {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** Importances cost more than all else: they are computed again after so many more trials. */
  private static final double GROWTH = 1.1;

  /**
   * A report, and what tells its study from others that the file may hold later.
   *
   * @param id any text
   */
  record Now(StudyReport report, String id) {}

  private final Path file;
  private final LongSupplier nanoTime;
  private Optional<Now> now = Optional.empty();
  private long readAt;
  private long weighedAt;

  /**
   * Follows a file.
   *
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  LiveStudy(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  /**
   * The report as of now.
   *
   * @throws dev.ppe.nas.study.StudyException if the file cannot be read
   */
  synchronized Now now() {
    long time = nanoTime.getAsLong();
    if (now.isPresent() && time - readAt < PAUSE_NANOS) {
      return now.get();
    }
    Now current = now.isPresent() ? after(now.get()) : first(StudyFile.read(file));
    now = Optional.of(current);
    readAt = time;
    return current;
  }

  private Now after(Now before) {
    Study old = before.report().study();
    Study study = StudyFile.read(file, old);
    if (!study.space().space().equals(old.space().space())) { // read as a whole: another study
      return first(study);
    }
    if (study.equals(old)) {
      return before;
    }
    long done = study.done().size();
    // Without new trials it is winners that were re-costed, which importances are not of.
    boolean weigh = done > weighedAt && (done >= weighedAt * GROWTH || done >= study.limit());
    if (weigh) {
      weighedAt = done;
    }
    return new Now(
        weigh ? StudyReport.of(study) : StudyReport.of(study, before.report().importances()),
        before.id());
  }

  private Now first(Study study) {
    weighedAt = study.done().size();
    return new Now(StudyReport.of(study), UUID.randomUUID().toString());
  }
}
