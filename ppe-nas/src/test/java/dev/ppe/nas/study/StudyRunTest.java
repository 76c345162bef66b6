package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.Failures;
import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.Target;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The trials of a study depend on its definition, and on nothing else. */
class StudyRunTest {
  private static final int TRIALS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void trialsAreTheSameWithAnyNumberOfWorkers(int workers) throws Exception {
    StudyDefinition definition = Studies.definition(BackendFactory.EVOLUTION);
    try (StudyFile file = StudyFile.inMemory(definition, TRIALS);
        PpeClient client = Studies.client()) {
      Study study = new StudyRun(file, client::estimate, workers, false, StudyListener.NONE).run();
      assertThat(Studies.dump(study)).isEqualTo(Studies.whole(definition, TRIALS)).hasSize(TRIALS);
    }
  }

  @ParameterizedTest
  @EnumSource(value = BackendFactory.class, mode = Mode.EXCLUDE, names = "VIZIER")
  void aStudyThatBreaksDownAgainAndAgainHasTheTrialsOfOneThatDoesNot(BackendFactory backend)
      throws Exception {
    StudyDefinition definition = Studies.definition(backend);
    Path path = folder.resolve("study.db");
    StudyFile.create(path, definition, TRIALS).close();
    List<EstimateRequest> asked = new ArrayList<>();
    List<String> before = List.of();
    for (int i = 0; i < 100 && before.size() < TRIALS; i++) {
      PullsThePlug client = PullsThePlug.after(1 + i % 9);
      goOnUntilItBreaks(path, client);
      asked.addAll(client.asked());
      List<String> now = Studies.dump(StudyFile.read(path));
      assertThat(now).containsAll(before);
      before = now;
    }
    assertThat(before).isEqualTo(Studies.whole(definition, TRIALS)).hasSize(TRIALS);
    assertThat(asked).as("nothing is evaluated twice").doesNotHaveDuplicates();
  }

  private static void goOnUntilItBreaks(Path path, PullsThePlug client)
      throws InterruptedException {
    try (StudyFile file = StudyFile.open(path)) {
      new StudyRun(file, client, 1, false, StudyListener.NONE).run();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("the plug is pulled");
    }
  }

  @Test
  void aStudyThatIsExtendedWithinABatchHasTheTrialsOfALongerOne() throws Exception {
    StudyDefinition definition = Studies.definition(BackendFactory.NSGA2);
    Path path = folder.resolve("study.db");
    StudyFile.create(path, definition, 21).close();
    for (long limit : new long[] {21, 22, 70}) {
      try (StudyFile file = StudyFile.open(path);
          PpeClient client = Studies.client()) {
        file.limit(limit);
        Study study = new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run();
        assertThat(study.done()).hasSize((int) limit);
      }
    }
    assertThat(Studies.dump(StudyFile.read(path))).isEqualTo(Studies.whole(definition, 70));
  }

  @Test
  void aPointThatComesAgainRepeatsItsFirstTrial() throws Exception {
    StudyDefinition definition =
        Studies.definition(
            BackendFactory.REINFORCE,
            "quality, latency<=100us",
            new TreeMap<>(Map.of("learning-rate", "1")));
    try (StudyFile file = StudyFile.inMemory(definition, 200);
        PullsThePlug client = PullsThePlug.never()) {
      Study study = new StudyRun(file, client, 2, false, StudyListener.NONE).run();
      List<Trial> repeats =
          study.trials().stream().filter(trial -> trial.repeatOf().isPresent()).toList();
      assertThat(repeats).isNotEmpty();
      for (Trial repeat : repeats) {
        Trial first = study.trials().get((int) repeat.repeatOf().getAsLong());
        assertThat(first.number()).isLessThan(repeat.number());
        assertThat(first.repeatOf()).isEqualTo(OptionalLong.empty());
        assertThat(first.point()).isEqualTo(repeat.point());
        assertThat(first.result()).isEqualTo(repeat.result());
      }
      assertThat(client.asked()).hasSize(200 - repeats.size());
    }
  }

  @Test
  void aSpaceThatHasNoMorePointsEndsAStudyBeforeItsLimit() throws Exception {
    StudyDefinition definition =
        Studies.definition(
            BackendFactory.GRID, "latency, energy", new TreeMap<>(Map.of("points", "20")));
    assertThat(Studies.whole(definition, 1_000)).hasSize(20);
  }

  @Test
  void anotherSimulatorIsRefusedUntilItIsAccepted() throws Exception {
    Path path = folder.resolve("study.db");
    StudyFile.create(path, Studies.definition(BackendFactory.RANDOM), 20).close();
    goOnUntilItBreaks(path, PullsThePlug.after(9));
    PullsThePlug other = new PullsThePlug(100, "2");
    assertThatThrownBy(() -> goOnUntilItBreaks(path, other))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("was made with simulator 1, and 2 answers now")
        .hasMessageContaining("--accept-version");
    assertThat(StudyFile.read(path).done()).hasSize(9);

    try (StudyFile file = StudyFile.open(path)) {
      Study study = new StudyRun(file, other, 1, true, StudyListener.NONE).run();
      assertThat(study.done()).hasSize(20);
      assertThat(study.simulators()).isEqualTo(Map.of(0L, "1", 9L, "2"));
    }
  }

  @Test
  void theSimulatorIsNotedFromTheFirstTrialWhicheverIsTheFirstToEnd() throws Exception {
    StudyDefinition definition = Studies.definition(BackendFactory.RANDOM);
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch others = new CountDownLatch(3);
    try (StudyFile file = StudyFile.inMemory(definition, 20);
        PullsThePlug client = PullsThePlug.never()) {
      CostService lastIsFirst =
          request -> {
            if (first.getAndSet(false)) { // trial 0 ends after others
              await(others);
            }
            EstimateResponse response = client.estimate(request);
            others.countDown();
            return response;
          };
      Study study = new StudyRun(file, lastIsFirst, 4, false, StudyListener.NONE).run();
      assertThat(study.simulators()).isEqualTo(Map.of(0L, "1"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void replicasOfTwoVersionsAreRefused() throws Exception {
    try (StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.RANDOM), 20);
        PullsThePlug one = PullsThePlug.never();
        PullsThePlug two = new PullsThePlug(100, "2")) {
      CostService both = new TakesTurns(one, two);
      assertThatThrownBy(() -> new StudyRun(file, both, 1, false, StudyListener.NONE).run())
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("simulator 1, and 2 answers now");
    }
  }

  @Test
  void aCandidateWhoseQualityIsNotKnownIsAFailedTrial() throws Exception {
    StudyDefinition definition =
        Studies.withQuality(
            new QualityDefinition.Table("q.csv", "channels,quality\n32,0.5\n64,0.6\n"));
    try (StudyFile file = StudyFile.inMemory(definition, TRIALS);
        PpeClient client = Studies.client()) {
      Study study = new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run();
      for (Trial trial : study.done()) {
        if (trial.point().text("channels").equals("96")) {
          assertThat(trial.result()).isEqualTo(new Trial.Failed("q.csv has no row for 96"));
        } else {
          assertThat(trial.metrics()).isPresent();
        }
      }
      assertThat(study.done())
          .filteredOn(trial -> trial.result() instanceof Trial.Failed)
          .isNotEmpty()
          .hasSizeLessThan(TRIALS);
    }
  }

  @Test
  void aQualityCommandThatCannotBeStartedEndsTheSearchAndNotTheCandidate() throws Exception {
    StudyDefinition definition =
        Studies.withQuality(
            new QualityDefinition.Command(
                List.of(folder.resolve("gone").toString()), Duration.ofMinutes(1), 2, 1));
    Path path = folder.resolve("study.db");
    StudyFile.create(path, definition, 20).close();
    try (StudyFile file = StudyFile.open(path);
        PpeClient client = Studies.client()) {
      assertThatThrownBy(
              () -> new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run())
          .isInstanceOf(StudyException.class)
          .hasMessageStartingWith(path + ": the quality command cannot be run: ")
          .hasMessageEndingWith("; what was recorded is safe: mend that and resume");
    }
    assertThat(StudyFile.read(path).done()).isEmpty();
    assertThat(StudyFile.read(path).trials()).as("written ahead").hasSize(16);
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"INTERNAL", "UNKNOWN", "DATA_LOSS", "ABORTED", "DEADLINE_EXCEEDED"})
  void faultsOfTheServiceEndTheSearchAndNotTheCandidate(Code code) throws Exception {
    try (StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.RANDOM), 20)) {
      CostService broken =
          request -> {
            throw Failures.of(code);
          };
      assertThatThrownBy(() -> new StudyRun(file, broken, 2, false, StudyListener.NONE).run())
          .isInstanceOfSatisfying(PpeException.class, e -> assertThat(e.code()).isEqualTo(code));
      assertThat(file.study().done()).isEmpty();
    }
  }

  @Test
  void aNetworkThatIsTooLargeForTheServiceIsAFailedTrial() throws Exception {
    try (StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.RANDOM), 20);
        PpeClient client = Studies.client()) {
      AtomicBoolean first = new AtomicBoolean(true);
      CostService small =
          request -> {
            if (first.getAndSet(false)) {
              throw Failures.of(Code.RESOURCE_EXHAUSTED);
            }
            return client.estimate(request);
          };
      Study study = new StudyRun(file, small, 1, false, StudyListener.NONE).run();
      assertThat(study.trials().getFirst().result()).isEqualTo(new Trial.Failed("for a test"));
      assertThat(study.done()).hasSize(20);
    }
  }

  @Test
  void nobodyWhoAnswersEndsTheSearchAndNotTheCandidate() throws Exception {
    try (StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.RANDOM), 20);
        PpeClient client = PpeClient.connect(Target.parse("127.0.0.1:1"), Duration.ofSeconds(1))) {
      assertThatThrownBy(
              () -> new StudyRun(file, client::estimate, 1, false, StudyListener.NONE).run())
          .isInstanceOf(PpeException.class);
      assertThat(file.study().done()).isEmpty();
      assertThat(file.study().trials()).as("written ahead").hasSize(16);
    }
  }
}
