package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of each kind learn a small space. */
class CostTrainerTest {
  private final Samples samples = Samples.of(Costs.labelled());
  private final CostTrainer trainer = Costs.trainer();

  private static Accuracy accuracy(Predictor predictor, Metric metric, List<Sample> heldOut) {
    return Accuracy.of(
        heldOut.stream().mapToDouble(each -> each.metrics().get(metric)).toArray(),
        heldOut.stream().mapToDouble(each -> predictor.predict(each.point())).toArray());
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void pointsThatWereNotSeenArePredicted(ModelKind kind) {
    for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY)) {
      Predictor predictor = trainer.train(kind, metric, samples.learn());
      Accuracy accuracy = accuracy(predictor, metric, samples.heldOut());
      assertThat(accuracy.r2()).as("%s by %s", metric, kind).isGreaterThan(0.97);
      assertThat(accuracy.spearman()).as("%s by %s", metric, kind).isGreaterThan(0.97);
    }
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void theSameSamplesAndSeedGiveTheSameBytes(ModelKind kind) {
    String text = CostFileWriter.write(Costs.learned(trainer, kind, samples.learn()));
    CostTrainer again = Costs.trainer(Costs.MODELS, 1);
    assertThat(CostFileWriter.write(Costs.learned(again, kind, samples.learn()))).isEqualTo(text);
  }

  @Test
  void networksThatBranchAreLearntFromTheirChoices() {
    ModelSpace cells = Spaces.find("nasbench201").orElseThrow();
    CostTrainer ofCells = Costs.trainer(cells, 1);
    Samples labelled =
        Samples.of(
            Costs.samples(
                cells,
                600,
                point ->
                    new Metrics(
                        Map.of(Metric.LATENCY, 1000 + 1e-5 * Workload.macs(cells.graph(point))))));
    for (ModelKind kind : List.of(ModelKind.LINEAR, ModelKind.BOOSTED)) {
      Predictor predictor = ofCells.train(kind, Metric.LATENCY, labelled.learn());
      assertThat(accuracy(predictor, Metric.LATENCY, labelled.heldOut()).r2())
          .as(kind.word())
          .isGreaterThan(0.9);
    }
    assertThatThrownBy(() -> ofCells.train(ModelKind.TABLE, Metric.LATENCY, labelled.learn()))
        .hasMessageContaining("not written in layers");
  }

  @Test
  void moreSamplesAreHeldOutInTheSamePlaces() {
    List<Sample> all = samples.learn();
    assertThat(samples.heldOut()).hasSize(50).allMatch(each -> each.number() % 5 == 4);
    assertThat(all).hasSize(200).noneMatch(each -> each.number() % 5 == 4);
    for (int learn : List.of(1, 20, 99, 100, 3000)) {
      long drawn = Samples.drawn(learn);
      assertThat(drawn - drawn / 5).as("of %d", drawn).isEqualTo(learn);
    }
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(
            () -> trainer.train(ModelKind.LINEAR, Metric.LATENCY, samples.learn().subList(0, 19)))
        .hasMessageStartingWith("19 samples can be learnt from, must be 20 or more");
    assertThatThrownBy(() -> trainer.train(ModelKind.TABLE, Metric.LATENCY, List.of()))
        .hasMessageStartingWith("0 samples");
  }

  @Test
  void costsThatAreAllTheSameAreRefused() {
    List<Sample> equal =
        samples.learn().stream()
            .map(
                each ->
                    new Sample(
                        each.number(), each.point(), new Metrics(Map.of(Metric.ENERGY, 2.0))))
            .toList();
    for (ModelKind kind : ModelKind.values()) {
      assertThatThrownBy(() -> trainer.train(kind, Metric.ENERGY, equal))
          .hasMessage("the energy of all 200 samples is 2.0: there is nothing to learn");
    }
  }

  @Test
  void whatIsCountedOrUnknownToTheServiceHasNoModel() {
    assertThatThrownBy(() -> CostTrainer.checked(Metric.MACS))
        .hasMessage("macs is counted exactly: it needs no cost model");
    assertThatThrownBy(() -> CostTrainer.checked(Metric.QUALITY))
        .hasMessageContaining("the service does not know the quality");
  }
}
