package dev.ppe.nas.vizier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.longrunning.Operation;
import dev.ppe.foreign.vizier.CompleteTrialRequest;
import dev.ppe.foreign.vizier.Measurement;
import dev.ppe.foreign.vizier.StudySpec;
import dev.ppe.foreign.vizier.StudySpec.MetricSpec;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.backend.RecordedBatch;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.spaces.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches with a Vizier server, and the ways of the real one that surprise. */
class VizierBackendTest {
  static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.categorical("kind", "depthwise", "fused", "gc"))
          .add(Parameter.discrete("width", 1, 0.5, 0.625))
          .add(Parameter.integer("layers", 1, 4))
          .add(Parameter.integer("channels", 16, 64, 16))
          .add(Parameter.discrete("group_size", 32, 64).when("kind == 'gc'"))
          .constraint("4 * channels % group_size == 0 and 4 * channels > group_size")
          .build();

  private final FakeVizier server = new FakeVizier(1);

  @AfterEach
  void end() {
    server.close();
  }

  static Backend backend(FakeVizier server, String objective, String... settings) {
    Map<String, String> named = new TreeMap<>();
    Arrays.stream(settings).map(each -> each.split("=", -1)).forEach(s -> named.put(s[0], s[1]));
    return new VizierBackend(
        server.connect(),
        VizierSettings.of(named),
        new VizierBackend.Identity("small", "me"),
        SPACE,
        ObjectiveParser.parse(objective));
  }

  private Backend backend(String objective, String... settings) {
    return backend(server, objective, settings);
  }

  private static void tell(Backend backend, List<Point> points, Outcome... outcomes) {
    List<Observation> told = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      told.add(new Observation(points.get(i), outcomes[i % outcomes.length]));
    }
    backend.tell(told);
  }

  private StudySpec spec() {
    return server.studies().getFirst().getStudySpec();
  }

  @Test
  void theSpaceIsAllParametersSideBySide() {
    backend("latency").suggest(1);
    assertThat(server.studies().getFirst().getName()).isEqualTo("owners/ppe/studies/small");
    assertThat(spec().getParametersList().stream().map(ParameterSpec::getParameterId))
        .containsExactly("kind", "width", "layers", "channels", "group_size");
    assertThat(spec().getParameters(0).getCategoricalValueSpec().getValuesList())
        .containsExactly("depthwise", "fused", "gc");
    assertThat(spec().getParameters(1).getDiscreteValueSpec().getValuesList())
        .as("in ascending order")
        .containsExactly(0.5, 0.625, 1.0);
    assertThat(spec().getParameters(2).getIntegerValueSpec().getMinValue()).isEqualTo(1);
    assertThat(spec().getParameters(2).getIntegerValueSpec().getMaxValue()).isEqualTo(4);
    assertThat(spec().getParameters(3).getDiscreteValueSpec().getValuesList())
        .containsExactly(16.0, 32.0, 48.0, 64.0);
  }

  @Test
  void numbersThatComeAsDoublesAreTheChoicesOfThePoint() {
    List<Point> points = backend("latency").suggest(20);
    assertThat(points).hasSize(20);
    for (Point point : points) {
      assertThat(point.integer("layers")).isBetween(1, 4);
      assertThat(point.integer("channels")).isIn(16, 32, 48, 64);
      assertThat(point.number("width")).isIn(0.5, 0.625, 1.0);
    }
  }

  @Test
  void valuesOfParametersThatAreNotInUseArePassedOver() {
    List<Point> points = backend("latency").suggest(20);
    assertThat(points.stream().map(point -> point.uses("group_size")).distinct())
        .containsExactlyInAnyOrder(true, false);
    for (Point point : points) {
      assertThat(point.uses("group_size")).isEqualTo(point.text("kind").equals("gc"));
    }
  }

  @Test
  void metricsAreTheGoalsWithCostsMinimised() {
    Backend backend = backend("quality, latency, tunas(latency=1ms)");
    assertThat(spec(backend).getMetricsList().stream().map(MetricSpec::getMetricId))
        .containsExactly("quality", "latency", "tunas");
    assertThat(spec().getMetricsList().stream().map(MetricSpec::getGoal))
        .containsExactly(
            MetricSpec.GoalType.MAXIMIZE,
            MetricSpec.GoalType.MINIMIZE,
            MetricSpec.GoalType.MAXIMIZE);
    assertThat(spec(backend("quality, quality", "study=twice")).getMetricsList()).isNotEmpty();
    assertThat(server.studies().getLast().getStudySpec().getMetrics(1).getMetricId())
        .isEqualTo("quality-2");
  }

  private StudySpec spec(Backend backend) {
    backend.suggest(1);
    return spec();
  }

  @Test
  void resultsAreFinalMeasurements() {
    Backend backend = backend("quality, latency");
    List<Point> points = backend.suggest(2);
    tell(backend, points, new Scored(List.of(0.75, -900.0), 0));
    CompleteTrialRequest first = server.completions().getLast();
    assertThat(first.getTrialInfeasible()).isFalse();
    assertThat(first.getFinalMeasurement().getMetricsList())
        .containsExactly(metric("quality", 0.75), metric("latency", 900));
    assertThat(server.trials().stream().map(Trial::getState)).doesNotContain(Trial.State.ACTIVE);
  }

  private static Measurement.Metric metric(String name, double value) {
    return Measurement.Metric.newBuilder().setMetricId(name).setValue(value).build();
  }

  @Test
  void whatFailsOrExceedsLimitsIsInfeasibleWithTheReason() {
    Backend backend = backend("quality, latency<=1ms");
    List<Point> points = backend.suggest(2);
    tell(backend, points, new Outcome.Failed("no network"), new Scored(List.of(0.5), 0.25));
    List<CompleteTrialRequest> told = last(2);
    assertThat(told).allMatch(CompleteTrialRequest::getTrialInfeasible);
    assertThat(told.getFirst().getInfeasibleReason()).isEqualTo("no network");
    assertThat(told.getLast().getInfeasibleReason()).isEqualTo("over the limits by 25.0 %");
    assertThat(told.getLast().getFinalMeasurement().getMetricsList())
        .containsExactly(metric("quality", 0.5));
  }

  private List<CompleteTrialRequest> last(int count) {
    List<CompleteTrialRequest> all = server.completions();
    return all.subList(all.size() - count, all.size());
  }

  @Test
  void limitsAreASafetyMetricWhereAskedFor() {
    Backend backend = backend("quality, latency<=1ms", "limits=safety");
    List<Point> points = backend.suggest(1);
    tell(backend, points, new Scored(List.of(0.5), 0.25));
    assertThat(spec().getMetrics(1).getMetricId()).isEqualTo("violation");
    assertThat(spec().getMetrics(1).getGoal()).isEqualTo(MetricSpec.GoalType.MINIMIZE);
    assertThat(spec().getMetrics(1).hasSafetyConfig()).isTrue();
    CompleteTrialRequest told = last(1).getFirst();
    assertThat(told.getTrialInfeasible()).isFalse();
    assertThat(told.getFinalMeasurement().getMetricsList())
        .containsExactly(metric("quality", 0.5), metric("violation", 0.25));
  }

  @Test
  void suggestionsThatBreakConstraintsAreCompletedAsInfeasibleAndReplaced() {
    List<Point> points = backend("latency").suggest(100);
    assertThat(points).hasSize(100);
    List<CompleteTrialRequest> broken = server.completions();
    assertThat(broken).isNotEmpty().allMatch(CompleteTrialRequest::getTrialInfeasible);
    assertThat(broken)
        .allSatisfy(
            each ->
                assertThat(each.getInfeasibleReason())
                    .matches("group_size may not be (32|64) with the choices before it"));
    assertThat(server.trials()).hasSize(100 + broken.size());
  }

  @Test
  void aServerThatSuggestsOpenTrialsAloneGivesSmallerBatches() {
    server.suggestsOpenTrialsAlone();
    Backend backend = backend("latency");
    int most = 0;
    for (int i = 0; i < 20; i++) {
      List<Point> points = backend.suggest(8);
      assertThat(points).hasSizeBetween(1, 8);
      most = Math.max(most, points.size());
      tell(backend, points, Scored.of(1));
    }
    assertThat(most).isEqualTo(8);
    assertThat(server.trials().stream().map(Trial::getState)).doesNotContain(Trial.State.ACTIVE);
  }

  @Test
  void repairTakesTheNearestPoints() {
    server.suggests(
        trial -> {
          Trial.Builder broken = trial.toBuilder();
          broken.getParametersBuilder(0).getValueBuilder().setStringValue("gc");
          broken.getParametersBuilder(3).setValue(FakeVizier.number(16));
          broken.getParametersBuilder(4).setValue(FakeVizier.number(64));
          return broken.build();
        });
    List<Point> points = backend("latency", "constraints=repair").suggest(3);
    assertThat(points).hasSize(3);
    assertThat(points).allMatch(point -> point.integer("group_size") == 32);
    assertThat(server.completions()).isEmpty();
  }

  @Test
  void pointsOfTheSpacesThatComeWithItAreSuggested() {
    for (String name : Spaces.NAMES) {
      SearchSpace space = Spaces.find(name).orElseThrow().space();
      Backend backend =
          new VizierBackend(
              server.connect(),
              VizierSettings.of(Map.of()),
              new VizierBackend.Identity(name, "me"),
              space,
              ObjectiveParser.parse("latency"));
      assertThat(backend.suggest(4)).hasSize(4).allMatch(point -> isPoint(space, point));
    }
  }

  private static boolean isPoint(SearchSpace space, Point point) {
    return space.point(point.assignment()).equals(point);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "3, 3"})
  void operationsThatAreNotDoneArePolledFor(int polls, int expected) {
    server.needsPolls(polls);
    assertThat(backend("latency", "constraints=repair").suggest(4)).hasSize(4);
    assertThat(Collections.frequency(server.calls(), "GetOperation")).isEqualTo(expected);
  }

  @Test
  void theResponseHasNoTypeUrlOrOne() {
    assertThat(backend("latency").suggest(2)).hasSize(2);
    server.answers(
        done -> {
          Operation.Builder named = done.toBuilder();
          named.getResponseBuilder().setTypeUrl("type.googleapis.com/vizier.SuggestTrialsResponse");
          return named.build();
        });
    assertThat(backend("latency", "study=typed").suggest(2)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "random-search, RANDOM_SEARCH",
    "NSGA2, NSGA2",
    "nsga2, NSGA2",
    "gp-ucb-pe, GP_UCB_PE",
    "EAGLE_STRATEGY, EAGLE_STRATEGY"
  })
  void algorithmsGoByVizierNamesInEitherSpelling(String written, String sent) {
    assertThat(spec(backend("latency", "algorithm=" + written)).getAlgorithm()).isEqualTo(sent);
  }

  @Test
  void withoutAnAlgorithmTheServerChooses() {
    assertThat(spec(backend("latency")).getAlgorithm()).isEqualTo("DEFAULT");
  }

  @Test
  void ownerAndStudyAreAsSet() {
    backend("latency", "owner=team-a", "study=mine").suggest(1);
    assertThat(server.studies().getLast().getName()).isEqualTo("owners/team-a/studies/mine");
  }

  @Test
  void severalClientsShareAStudyAndNoTrials() {
    Backend one = backend("latency");
    Backend other =
        new VizierBackend(
            server.connect(),
            VizierSettings.of(Map.of()),
            new VizierBackend.Identity("small", "you"),
            SPACE,
            ObjectiveParser.parse("latency"));
    one.suggest(5);
    other.suggest(5);
    assertThat(server.studies()).hasSize(1);
    assertThat(new HashSet<>(one.names())).hasSize(5).doesNotContainAnyElementsOf(other.names());
  }

  @Test
  void whatWasSuggestedAndNotRecordedComesAgain() {
    List<Point> lost = backend("latency").suggest(6);
    assertThat(backend("latency").suggest(6)).isEqualTo(lost);
  }

  @Test
  void aRecordedBatchThatWasFollowedIsNotAskedForAgain() {
    Backend first = backend("latency");
    List<Point> points = first.suggest(3);
    List<String> names = first.names();
    tell(first, points, Scored.of(1));
    int calls = server.calls().size();

    Backend resumed = backend("latency");
    assertThat(resumed.suggestAgain(new RecordedBatch(3, points, names, true))).isEqualTo(points);
    tell(resumed, points, Scored.of(1));
    assertThat(server.calls()).hasSize(calls);
  }

  @Test
  void ofTheLastRecordedBatchTheServerHearsWhatItHasNotHeard() {
    Backend first = backend("latency");
    List<Point> points = first.suggest(3);
    List<String> names = first.names();
    server
        .connect()
        .complete(
            CompleteTrialRequest.newBuilder()
                .setName(names.get(1))
                .setFinalMeasurement(Measurement.newBuilder().addMetrics(metric("latency", 5)))
                .build());
    int completions = server.completions().size();

    Backend resumed = backend("latency");
    resumed.suggestAgain(new RecordedBatch(3, points, names, false));
    assertThat(resumed.names()).isEqualTo(names);
    tell(resumed, points, Scored.of(-7));
    assertThat(last(server.completions().size() - completions))
        .extracting(CompleteTrialRequest::getName)
        .containsExactly(names.get(0), names.get(2));
  }

  @Test
  void aServerWithoutMoreTrialsEndsTheSearch() {
    server.endsAfter(5);
    Backend backend = backend("latency", "constraints=repair");
    tell(backend, backend.suggest(4), Scored.of(1));
    tell(backend, backend.suggest(4), Scored.of(1));
    assertThat(backend.suggest(4)).isEmpty();
  }
}
