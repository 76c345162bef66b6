package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.PpeClient;
import dev.ppe.foreign.vizier.Trial.State;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.nas.vizier.FakeVizier;
import dev.ppe.nas.vizier.VizierBackend;
import dev.ppe.nas.vizier.VizierSettings;
import dev.ppe.v1.EstimateRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study whose points a Vizier server suggests: nothing is lost, evaluated twice or told twice.
 */
class VizierStudyTest {
  private static final int TRIALS = 40;

  @TempDir private Path folder;
  private final FakeVizier server = new FakeVizier(5);

  @AfterEach
  void end() {
    server.close();
  }

  private static BackendSource source(FakeVizier server) {
    return (study, identity) ->
        new VizierBackend(
            server.connect(),
            VizierSettings.of(study.definition().settings()),
            new VizierBackend.Identity("tiny", identity),
            study.space().space(),
            study.objective());
  }

  private Path begun() {
    Path path = folder.resolve("study.db");
    StudyFile.create(path, Studies.definition(BackendFactory.VIZIER), TRIALS).close();
    return path;
  }

  private Study run(Path path, CostService service) throws InterruptedException {
    try (StudyFile file = StudyFile.open(path)) {
      return new StudyRun(file, service, 1, false, StudyListener.NONE, source(server)).run();
    }
  }

  private static List<String> whole() throws InterruptedException {
    try (FakeVizier other = new FakeVizier(5);
        PpeClient client = Studies.client();
        StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.VIZIER), TRIALS)) {
      return Studies.dump(
          new StudyRun(file, client::estimate, 2, false, StudyListener.NONE, source(other)).run());
    }
  }

  private void assertComplete(Path path) throws InterruptedException {
    assertThat(Studies.dump(StudyFile.read(path))).isEqualTo(whole()).hasSize(TRIALS);
    assertThat(server.trials()).hasSize(TRIALS);
    assertThat(server.trials()).noneMatch(trial -> trial.getState() == State.ACTIVE);
    assertThat(Collections.frequency(server.calls(), "CompleteTrial")).isEqualTo(TRIALS);
  }

  @Test
  void aSearchThatBreaksDownAgainAndAgainHasTheTrialsOfOneThatDoesNot() throws Exception {
    Path path = begun();
    List<EstimateRequest> asked = new ArrayList<>();
    for (int i = 0; i < 100 && StudyFile.read(path).done().size() < TRIALS; i++) {
      try (PullsThePlug client = PullsThePlug.after(1 + i % 9)) {
        run(path, client);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("the plug is pulled");
      }
    }
    try (PullsThePlug client = PullsThePlug.never()) {
      run(path, client);
      asked.addAll(client.asked());
    }
    assertThat(asked).as("all was evaluated before").isEmpty();
    assertComplete(path);
  }

  @Test
  void answersOfTheServerThatAreLostDoNoHarm() throws Exception {
    Path path = begun();
    boolean done = false;
    try (PpeClient client = Studies.client()) {
      for (int i = 0; i < 200 && !done; i++) {
        server.losesAnswersAfter(3 + i % 20);
        try {
          run(path, client::estimate);
          done = true;
        } catch (StudyException e) {
          assertThat(e)
              .hasMessageContaining("no Vizier server answers at fake:1: the answer is lost;")
              .hasMessageContaining("what was recorded is safe: mend that and resume");
        }
      }
    }
    assertThat(done).isTrue();
    assertComplete(path);
  }

  @Test
  void aStudyThatIsExtendedGoesOnWithItsOpenTrials() throws Exception {
    Path path = begun();
    try (PpeClient client = Studies.client()) {
      try (StudyFile file = StudyFile.open(path)) {
        file.limit(21); // within a batch of 8
      }
      run(path, client::estimate);
      assertThat(server.trials().stream().filter(trial -> trial.getState() == State.ACTIVE))
          .as("those of a batch that is not told yet")
          .hasSize(8);
      try (StudyFile file = StudyFile.open(path)) {
        file.limit(TRIALS);
      }
      run(path, client::estimate);
    }
    assertComplete(path);
  }

  @Test
  void eachStudyIsAnotherClient() {
    StudyDefinition definition = Studies.definition(BackendFactory.VIZIER);
    Path one = folder.resolve("one.db");
    Path other = folder.resolve("other.db");
    StudyFile.create(one, definition, TRIALS).close();
    StudyFile.create(other, definition, TRIALS).close();
    assertThat(identity(one)).isEqualTo(identity(one)).isNotEqualTo(identity(other)).isNotEmpty();
  }

  private static String identity(Path path) {
    try (StudyFile file = StudyFile.open(path)) {
      return file.identity();
    }
  }

  @Test
  void withoutAServerNothingIsSuggested() {
    try (StudyFile file = StudyFile.inMemory(Studies.definition(BackendFactory.VIZIER), TRIALS);
        PullsThePlug client = PullsThePlug.never()) {
      assertThatThrownBy(() -> new StudyRun(file, client, 1, false, StudyListener.NONE).run())
          .hasMessage("vizier suggests points on a server, and none is given: --vizier HOST:PORT");
    }
  }
}
