package dev.ppe.nas.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.Target;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.quality.Candidate;
import dev.ppe.nas.quality.CapacityProxy;
import dev.ppe.nas.quality.Quality;
import dev.ppe.nas.quality.QualitySource;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateEvaluatorTest {
  private static final ModelSpace SPACE = Spaces.find("nasbench201").orElseThrow();
  private static final Point ALL_3X3 =
      SPACE
          .space()
          .point(
              Map.of(
                  "edge01", "nor_conv_3x3",
                  "edge02", "nor_conv_3x3",
                  "edge12", "nor_conv_3x3",
                  "edge03", "nor_conv_3x3",
                  "edge13", "nor_conv_3x3",
                  "edge23", "nor_conv_3x3"));
  private static final EstimateRequest OPTIONS =
      EstimateRequest.newBuilder().setAcceleratorName("edgetpu-v1").build();
  private static final Duration LONG = Duration.ofMinutes(5);

  private static Evaluated evaluate(ModelSpace space, Point point, QualitySource quality)
      throws InterruptedException {
    try (PpeClient client = PpeClient.inProcess(LONG)) {
      return new CandidateEvaluator(
              space,
              client::estimate,
              OPTIONS,
              ObjectiveParser.parse("quality, latency<=1us"),
              quality)
          .evaluate(0, point);
    }
  }

  @Test
  void costsAreTheServicesAndTheQualityItsSources() throws Exception {
    Evaluated evaluated = evaluate(SPACE, ALL_3X3, new CapacityProxy());
    var metrics = evaluated.metrics().orElseThrow();
    assertThat(metrics.get(Metric.MACS)).isBetween(219e6, 221e6);
    assertThat(metrics.get(Metric.PARAMETERS)).isBetween(1.52e6, 1.54e6);
    // Int8 weights have a byte each, biases four.
    assertThat(metrics.get(Metric.MODEL_SIZE)).isBetween(1.52e6, 1.58e6);
    assertThat(metrics.get(Metric.LATENCY)).isPositive();
    assertThat(metrics.get(Metric.ENERGY)).isPositive();
    assertThat(metrics.get(Metric.MEMORY)).isPositive();
    assertThat(evaluated.outcome())
        .isEqualTo(
            new Scored(List.of(metrics.get(Metric.QUALITY)), metrics.get(Metric.LATENCY) - 1));
  }

  @Test
  void qualityThatIsNotKnownIsAFailure() throws Exception {
    QualitySource none =
        new QualitySource() {
          @Override
          public String name() {
            return "none";
          }

          @Override
          public Quality of(Candidate candidate) {
            return new Quality.Unknown("lost");
          }
        };
    assertThat(evaluate(SPACE, ALL_3X3, none).outcome()).isEqualTo(new Failed("lost"));
  }

  @Test
  void whatIsNoNetworkIsAnOutcomeAndNoException() throws Exception {
    SearchSpace one = SearchSpace.builder().add(Parameter.integer("a", 1, 1)).build();
    ModelSpace broken =
        new ModelSpace(
            "broken",
            "for a test",
            one,
            (point, name) -> {
              throw new GraphException("layer \"x\"", "does not fit");
            });
    assertThat(evaluate(broken, one.point(Map.of("a", "1")), new CapacityProxy()).outcome())
        .isEqualTo(new Failed("no network: layer \"x\": does not fit"));
  }

  @Test
  void whatTheServiceRefusesIsAnOutcome() throws Exception {
    SearchSpace one = SearchSpace.builder().add(Parameter.integer("a", 1, 1)).build();
    ModelSpace empty =
        new ModelSpace(
            "empty",
            "for a test",
            one,
            (point, name) ->
                new Graph(
                    name,
                    Zoo.find("nasbench201/0").orElseThrow().graph().tensors(),
                    List.of(),
                    List.of(),
                    List.of()));
    assertThat(evaluate(empty, one.point(Map.of("a", "1")), new CapacityProxy()).outcome())
        .isInstanceOf(Failed.class);
  }

  @Test
  void aServiceThatCannotBeReachedIsAnException() {
    try (PpeClient client = PpeClient.connect(Target.parse("127.0.0.1:1"), Duration.ofSeconds(2))) {
      CandidateEvaluator evaluator =
          new CandidateEvaluator(
              SPACE,
              client::estimate,
              OPTIONS,
              ObjectiveParser.parse("latency"),
              new CapacityProxy());
      assertThatThrownBy(() -> evaluator.evaluate(0, ALL_3X3)).isInstanceOf(PpeException.class);
    }
  }
}
