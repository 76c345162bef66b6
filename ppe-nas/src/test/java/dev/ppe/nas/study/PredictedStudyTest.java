package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.cost.BlockMeter;
import dev.ppe.nas.cost.CostFileWriter;
import dev.ppe.nas.cost.CostTrainer;
import dev.ppe.nas.cost.LearnedCosts;
import dev.ppe.nas.cost.ModelKind;
import dev.ppe.nas.cost.Sample;
import dev.ppe.nas.objective.Metric;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on a cost model, and what the service says of their winners. */
class PredictedStudyTest {
  private static final long TRIALS = 40;

  private static CostDefinition.Learned model;

  @TempDir private Path folder;
  private Path path;

  /** A model of the latency alone, from an ordinary study. */
  @BeforeAll
  static void train() throws InterruptedException {
    StudyDefinition definition = Studies.definition(BackendFactory.RANDOM);
    try (PpeClient client = Studies.client();
        StudyFile file = StudyFile.inMemory(definition, 40)) {
      Study study = new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run();
      List<Sample> samples =
          study.done().stream()
              .map(each -> new Sample(each.number(), each.point(), each.metrics().orElseThrow()))
              .toList();
      BlockMeter meter = new BlockMeter(client::estimate, definition.options(), 2);
      CostTrainer trainer = CostTrainer.of(study.space(), List.of(Metric.LATENCY), meter, 1);
      LearnedCosts costs =
          new LearnedCosts(
              definition.origin("1"),
              study.space().space().parameters(),
              List.of(
                  new LearnedCosts.Learned(
                      Metric.LATENCY,
                      ModelKind.TABLE,
                      samples.size(),
                      trainer.train(ModelKind.TABLE, Metric.LATENCY, samples))));
      model = new CostDefinition.Learned("costs.json", CostFileWriter.write(costs));
    }
  }

  @BeforeEach
  void file() {
    path = folder.resolve("study.db");
  }

  private static StudyDefinition definition() {
    return Studies.definition(BackendFactory.EVOLUTION).with(model);
  }

  private static Study searched(StudyFile file) throws InterruptedException {
    try (PullsThePlug nobody = PullsThePlug.after(0)) {
      Study study = new StudyRun(file, nobody, 2, false, StudyListener.NONE).run();
      assertThat(nobody.asked()).isEmpty();
      return study;
    }
  }

  private static Study recosted(StudyFile file, PullsThePlug service) throws InterruptedException {
    return new Recosting(file, service, 1, false).run();
  }

  @Test
  void aSearchAsksNobodyAndItsWinnersAreAskedForAtTheEnd() throws Exception {
    try (StudyFile file = StudyFile.create(path, definition(), TRIALS);
        PullsThePlug service = PullsThePlug.never()) {
      Study study = searched(file);
      assertThat(study.done()).hasSize((int) TRIALS);
      assertThat(study.simulators()).isEmpty();
      List<Trial> winners = Recosting.winners(study);
      assertThat(winners).hasSize(10).isEqualTo(Ranking.best(study, 10));

      Study after = recosted(file, service);
      assertThat(service.asked()).hasSize(10);
      assertThat(after.recosted().keySet())
          .containsExactlyInAnyOrderElementsOf(winners.stream().map(Trial::number).toList());
      for (Trial winner : winners) {
        Recosted each = after.recosted().get(winner.number());
        assertThat(each.simulator()).isEqualTo("1");
        double predicted = winner.metrics().orElseThrow().get(Metric.LATENCY);
        double truth = each.metrics().orElseThrow().get(Metric.LATENCY);
        assertThat(truth).isNotEqualTo(predicted).isBetween(0.9 * predicted, 1.1 * predicted);
        // Counted, or from elsewhere: the same in both.
        for (Metric same : List.of(Metric.MACS, Metric.PARAMETERS, Metric.QUALITY)) {
          assertThat(each.metrics().orElseThrow().get(same))
              .isEqualTo(winner.metrics().orElseThrow().get(same));
        }
        assertThat(winner.metrics().orElseThrow().values()).doesNotContainKey(Metric.ENERGY);
        assertThat(each.metrics().orElseThrow().get(Metric.ENERGY)).isPositive();
      }
    }
    assertThat(StudyFile.read(path).recosted()).hasSize(10);
  }

  @Test
  void nobodyIsAskedForTheSameTrialTwice() throws Exception {
    try (StudyFile file = StudyFile.create(path, definition(), TRIALS);
        PullsThePlug breaksDown = PullsThePlug.after(4);
        PullsThePlug service = PullsThePlug.never();
        PullsThePlug third = PullsThePlug.never()) {
      searched(file);
      assertThatThrownBy(() -> recosted(file, breaksDown)).hasMessageContaining("plug");
      assertThat(file.study().recosted()).hasSize(4);
      recosted(file, service);
      assertThat(service.asked()).hasSize(6).doesNotContainAnyElementsOf(breaksDown.asked());
      recosted(file, third);
      assertThat(third.asked()).isEmpty();
    }
  }

  @Test
  void anotherSimulatorThanBeforeIsRefused() throws Exception {
    try (StudyFile file = StudyFile.create(path, definition(), TRIALS);
        PullsThePlug breaksDown = new PullsThePlug(4, "1");
        PullsThePlug newer = new PullsThePlug(Long.MAX_VALUE, "2")) {
      searched(file);
      assertThatThrownBy(() -> recosted(file, breaksDown)).hasMessageContaining("plug");
      assertThatThrownBy(() -> recosted(file, newer))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("was made with simulator 1, and 2 answers now");
    }
  }

  @Test
  void theModelIsInTheStudyAndSurvivesIt() throws Exception {
    try (StudyFile file = StudyFile.create(path, definition(), 20)) {
      searched(file);
    }
    try (StudyFile file = StudyFile.open(path)) {
      assertThat(file.study().definition().costs()).isEqualTo(model);
      file.limit(TRIALS);
      Study resumed = searched(file);
      try (StudyFile whole = StudyFile.inMemory(definition(), TRIALS)) {
        assertThat(Studies.dump(resumed)).isEqualTo(Studies.dump(searched(whole)));
      }
    }
    sql("UPDATE cost_model SET text = replace(text, 'table', 'linear')");
    assertThatThrownBy(() -> StudyFile.read(path))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("its cost model was changed");
    sql("DELETE FROM cost_model");
    assertThatThrownBy(() -> StudyFile.read(path))
        .hasMessageContaining("its cost model is missing");
  }

  /** Programs that know version 1 alone take none of these for an ordinary study. */
  @Test
  void onlyStudiesWithACostModelAreOfVersionTwo() throws Exception {
    StudyFile.create(path, Studies.definition(BackendFactory.RANDOM), TRIALS).close();
    assertThat(version(path)).isEqualTo(1);
    assertThat(StudyFile.read(path).recosted()).isEmpty();
    assertThat(Recosting.winners(StudyFile.read(path))).isEmpty();
    Path predicted = folder.resolve("predicted.db");
    StudyFile.create(predicted, definition(), TRIALS).close();
    assertThat(version(predicted)).isEqualTo(2);
  }

  @Test
  void aModelOfSomethingElseIsRefused() {
    StudyDefinition other =
        Studies.definition(BackendFactory.RANDOM, "energy", new TreeMap<>()).with(model);
    assertThatThrownBy(() -> model.open(other))
        .hasMessage(
            "costs.json: does not predict energy, which the objective reads: train it with --metric"
                + " energy too");
    StudyDefinition cycle =
        new StudyDefinition(
            other.space(),
            other.backend(),
            other.settings(),
            other.batch(),
            "latency",
            1,
            other.accelerator(),
            Fidelity.FIDELITY_CYCLE,
            other.quality(),
            model);
    assertThatThrownBy(() -> model.open(cycle))
        .hasMessage("costs.json: it was trained for the fidelity analytical, not cycle");
    assertThat(model.open(definition()).metrics()).containsExactly(Metric.LATENCY);
    assertThat(definition().differenceTo(Studies.definition(BackendFactory.EVOLUTION)))
        .hasValueSatisfying(text -> assertThat(text).startsWith("costs is a model ("));
  }

  @Test
  void optionsAreThoseOfTheStudy() {
    EstimateRequest options = definition().options();
    assertThat(options.getAcceleratorSpec().getName()).isEqualTo("tensor-g1");
    assertThat(options.getFidelity()).isEqualTo(definition().fidelity());
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static int version(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      return sql.executeQuery("PRAGMA user_version").getInt(1);
    }
  }
}
