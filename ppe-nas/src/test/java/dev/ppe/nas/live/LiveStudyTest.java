package dev.ppe.nas.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.live.LiveStudy.Now;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyListener;
import dev.ppe.nas.study.StudyRun;
import dev.ppe.nas.study.SyntheticStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live page sees what a search has written, as it writes. */
class LiveStudyTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();
  private Path file;
  private LiveStudy live;

  @BeforeEach
  void begin() {
    file = folder.resolve("study.db");
    begin("quality, latency<=100us");
    live = new LiveStudy(file, clock::get);
  }

  private void begin(String objective) {
    StudyDefinition definition = SyntheticStudy.definition(Spaces.text("nasbench201"), objective);
    StudyFile.create(file, definition, 20).close();
  }

  private void searchUpTo(long trials) throws InterruptedException {
    try (StudyFile study = StudyFile.open(file);
        PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      study.limit(trials);
      new StudyRun(study, client::estimate, 2, false, StudyListener.NONE).run();
    }
  }

  private Now after(long nanos) {
    clock.addAndGet(nanos);
    return live.now();
  }

  @Test
  void whatIsNewIsSeenHalfASecondLater() throws Exception {
    assertThat(live.now().report().study().trials()).isEmpty();
    searchUpTo(20);
    assertThat(after(SECOND / 10).report().study().trials()).isEmpty();
    Now then = after(SECOND);
    assertThat(then.report().study().done()).hasSize(20);
    assertThat(then.id()).isEqualTo(live.now().id());
    searchUpTo(45);
    assertThat(after(SECOND).report().study().done()).hasSize(45);
  }

  /** The study that is read bit by bit is the one in the file. */
  @Test
  void whatWasReadBitByBitIsTheWhole() throws Exception {
    for (int trials = 20; trials <= 80; trials += 15) {
      searchUpTo(trials);
      assertThat(after(SECOND).report().study().trials().toString())
          .isEqualTo(StudyFile.read(file).trials().toString());
    }
  }

  @Test
  void anotherStudyUnderTheSameNameIsToldApart() throws Exception {
    searchUpTo(20);
    Now first = after(SECOND);
    Files.delete(file);
    begin("quality, latency<=200us");
    searchUpTo(25);
    Now second = after(SECOND);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.report().study().definition().objective()).contains("200us");
    assertThat(second.report().study().done()).hasSize(25);
  }

  @Test
  void aStudyThatBeganAgainIsToldApart() throws Exception {
    searchUpTo(40);
    Now first = after(SECOND);
    Files.delete(file);
    begin("quality, latency<=100us");
    Now second = after(SECOND);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.report().study().trials()).isEmpty();
  }

  @Test
  void aSearchMayWriteWhileItIsRead() throws Exception {
    try (StudyFile study = StudyFile.open(file);
        PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      study.limit(60);
      new StudyRun(study, client::estimate, 2, false, new ReadsAll()).run();
    }
    assertThat(after(SECOND).report().study().done()).hasSize(60);
  }

  /** Looks at every trial as soon as it is written, while the search has the file open. */
  private final class ReadsAll implements StudyListener {
    @Override
    public void begun(dev.ppe.nas.study.Study study) {}

    @Override
    public void recorded(dev.ppe.nas.study.Trial trial) {
      assertThat(after(SECOND).report().study().trials().get((int) trial.number()).isDone())
          .isTrue();
    }
  }
}
