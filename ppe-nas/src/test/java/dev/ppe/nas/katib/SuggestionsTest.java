package dev.ppe.nas.katib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.foreign.katib.Distribution;
import dev.ppe.foreign.katib.Experiment;
import dev.ppe.foreign.katib.GetSuggestionsReply.ParameterAssignments;
import dev.ppe.foreign.katib.ObjectiveType;
import dev.ppe.foreign.katib.ParameterSpec;
import dev.ppe.foreign.katib.ParameterType;
import dev.ppe.foreign.katib.Trial;
import dev.ppe.foreign.katib.TrialStatus.TrialConditionType;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Suggestions are a function of the request, whatever was asked before. */
class SuggestionsTest {
  private static final String[] ALGORITHMS = {
    "random", "grid", "evolution", "reinforce", "reinforce-batched", "nsga2"
  };

  private static void assertRefused(ThrowingCallable call, Code code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).contains(message).doesNotContain("\n");
            });
  }

  private static List<ParameterAssignments> ask(
      Experiment experiment, int count, int total, List<Trial> trials) {
    return Suggestions.answer(Experiments.request(experiment, count, total, trials))
        .getParameterAssignmentsList();
  }

  /** Deeper is better, "gc" is worth a layer; five layers' worth at most. */
  private static double accuracy(Map<String, String> values) {
    return Integer.parseInt(values.get("--layers"))
        + (values.get("kind").equals("gc") ? 1 : 0)
        - Double.parseDouble(values.get("dropout"));
  }

  /** An experiment from its begin, three trials at a time. */
  private static List<Trial> run(Experiment experiment, int trials) {
    List<Trial> done = new ArrayList<>();
    while (done.size() < trials) {
      for (ParameterAssignments each : ask(experiment, 3, done.size() + 3, done)) {
        String accuracy = Double.toString(accuracy(Experiments.values(each)));
        done.add(Experiments.ended(done.size(), each, TrialConditionType.SUCCEEDED, accuracy));
      }
    }
    return done;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"random", "grid", "evolution", "reinforce", "reinforce-batched", "ppe-nsga2"})
  void everyParameterHasOneOfItsValues(String algorithm) {
    List<ParameterAssignments> suggested = ask(Experiments.small(algorithm), 20, 20, List.of());
    assertThat(suggested).hasSize(20);
    for (ParameterAssignments each : suggested) {
      Map<String, String> values = Experiments.values(each);
      assertThat(values).containsOnlyKeys("--layers", "dropout", "kernel-size", "kind");
      assertThat(values.get("--layers")).isIn("1", "2", "3", "4");
      assertThat(values.get("dropout"))
          .isIn("0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5");
      assertThat(values.get("kernel-size")).isIn("3", "5", "7");
      assertThat(values.get("kind")).isIn("depth wise", "fused", "gc");
    }
  }

  @Test
  void theSameRequestHasTheSameAnswer() {
    for (String algorithm : ALGORITHMS) {
      Experiment experiment = Experiments.small(algorithm);
      List<Trial> trials = run(experiment, 30);
      assertThat(ask(experiment, 5, 35, trials))
          .as(algorithm)
          .isEqualTo(ask(experiment, 5, 35, trials));
    }
  }

  @Test
  void theOrderInWhichTrialsAreSentMakesNoDifference() {
    Experiment experiment = Experiments.small("evolution", "population=10", "sample=5");
    List<Trial> trials = run(experiment, 30);
    assertThat(ask(experiment, 5, 35, trials.reversed())).isEqualTo(ask(experiment, 5, 35, trials));
  }

  @Test
  void whatIsUnderWayMakesTheNextSuggestionsOthers() {
    Experiment experiment = Experiments.small("random");
    assertThat(ask(experiment, 3, 6, List.of())).isNotEqualTo(ask(experiment, 3, 3, List.of()));
  }

  @Test
  void otherExperimentsAndSeedsHaveOtherSuggestions() {
    List<ParameterAssignments> usual = ask(Experiments.small("random"), 5, 5, List.of());
    assertThat(ask(Experiments.small("random", "seed=3"), 5, 5, List.of())).isNotEqualTo(usual);
    assertThat(ask(Experiments.small("random", "random_state=3"), 5, 5, List.of()))
        .isEqualTo(ask(Experiments.small("random", "seed=3"), 5, 5, List.of()));
    Experiment other = Experiments.small("random").toBuilder().setName("other").build();
    assertThat(ask(other, 5, 5, List.of())).isNotEqualTo(usual);
  }

  @Test
  void theGridGoesOnWhereItWasWhateverHasEnded() {
    Experiment experiment = Experiments.small("grid");
    List<ParameterAssignments> all = new ArrayList<>();
    for (int total = 99; total <= 396; total += 99) {
      all.addAll(ask(experiment, 99, total, List.of()));
    }
    assertThat(new HashSet<>(all)).hasSize(396);
    assertRefused(
        () -> ask(experiment, 2, 398, List.of()),
        Code.OUT_OF_RANGE,
        "grid has 0 of 2 further points: all others were suggested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evolution", "reinforce", "reinforce-batched", "nsga2"})
  void itLearnsFromTheTrials(String algorithm) {
    Experiment experiment = Experiments.small(algorithm);
    Experiment random = Experiments.small("random");
    List<Trial> known = run(random, 300);
    assertThat(mean(ask(experiment, 60, 360, known)))
        .isGreaterThan(mean(ask(random, 60, 360, known)) + 0.3);
  }

  @Test
  void itMinimisesWhereThatIsWanted() {
    Experiment.Builder less = Experiments.small("evolution").toBuilder();
    less.getSpecBuilder().getObjectiveBuilder().setType(ObjectiveType.MINIMIZE);
    List<Trial> known = run(Experiments.small("random"), 300);
    assertThat(mean(ask(less.build(), 60, 360, known)))
        .isLessThan(mean(ask(Experiments.small("random"), 60, 360, known)) - 0.3);
  }

  private static double mean(List<ParameterAssignments> suggested) {
    return suggested.stream()
        .mapToDouble(each -> accuracy(Experiments.values(each)))
        .average()
        .orElseThrow();
  }

  @Test
  void trialsThatFailedOrHaveNoMetricAreLearntFromToo() {
    Experiment experiment = Experiments.small("evolution");
    List<Trial> trials = new ArrayList<>();
    List<ParameterAssignments> points = ask(experiment, 8, 8, List.of());
    TrialConditionType[] ends = {
      TrialConditionType.FAILED,
      TrialConditionType.KILLED,
      TrialConditionType.METRICSUNAVAILABLE,
      TrialConditionType.SUCCEEDED,
      TrialConditionType.EARLYSTOPPED,
      TrialConditionType.RUNNING,
      TrialConditionType.CREATED,
      TrialConditionType.SUCCEEDED
    };
    String[] values = {"1", "1", "1", "unavailable", "0.5", "0.5", "0.5", "NaN"};
    for (int i = 0; i < 8; i++) {
      trials.add(Experiments.ended(i, points.get(i), ends[i], values[i]));
    }
    assertThat(ask(experiment, 4, 12, trials)).hasSize(4);
  }

  @Test
  void numbersInAnotherFormAreTheSameValues() {
    Experiment experiment = Experiments.small("evolution");
    List<Trial> trials = new ArrayList<>();
    for (Trial trial : run(experiment, 12)) {
      Trial.Builder other = trial.toBuilder();
      other.getSpecBuilder().getParameterAssignmentsBuilder().getAssignmentsBuilderList().stream()
          .filter(each -> each.getName().equals("dropout"))
          .forEach(
              each ->
                  each.setValue(each.getValue() + (each.getValue().contains(".") ? "0" : ".0")));
      trials.add(other.build());
    }
    assertThat(ask(experiment, 4, 16, trials))
        .isEqualTo(ask(experiment, 4, 16, run(experiment, 12)));
  }

  @Test
  void nothingIsSuggestedWhereNothingIsWanted() {
    assertThat(ask(Experiments.small("random"), 0, 0, List.of())).isEmpty();
  }

  @Test
  void algorithmsAndSettingsAreValidated() {
    for (String algorithm : ALGORITHMS) {
      Suggestions.validate(Experiments.small(algorithm));
    }
    Suggestions.validate(Experiments.small("ppe-evolution", "population=20", "sample=5"));
    refused(
        Experiments.small("tpe"),
        "there is no algorithm \"tpe\", only random, grid, evolution, reinforce,"
            + " reinforce-batched, nsga2");
    refused(Experiments.small("vizier"), "there is no algorithm \"vizier\"");
    refused(Experiments.small("random", "speed=1"), "random has no setting speed");
    refused(Experiments.small("evolution", "population=1"), "the population is 1");
    refused(Experiments.small("evolution", "population=x"), "population is \"x\", must be a whole");
    refused(Experiments.small("random", "seed=x"), "seed is \"x\", must be a whole number");
    refused(Experiments.small("evolution", "sample=3", "sample=4"), "sample is given twice");
  }

  private static void refused(Experiment experiment, String message) {
    assertRefused(() -> Suggestions.validate(experiment), Code.INVALID_ARGUMENT, message);
    assertRefused(() -> ask(experiment, 1, 1, List.of()), Code.INVALID_ARGUMENT, message);
  }

  private static void refused(ParameterSpec parameter, String message) {
    refused(Experiments.with(Experiments.small("random"), parameter), message);
  }

  private static ParameterSpec distributed(Distribution distribution) {
    ParameterSpec.Builder parameter =
        Experiments.range("lr", ParameterType.DOUBLE, "0", "1", "0.1").toBuilder();
    parameter.getFeasibleSpaceBuilder().setDistribution(distribution);
    return parameter.build();
  }

  @Test
  void parametersAreChecked() {
    ParameterType real = ParameterType.DOUBLE;
    refused(Experiments.range("lr", real, "0", "1", ""), "lr is a double without step");
    refused(Experiments.range("lr", real, "", "1", "0.1"), "lr: feasibleSpace.min is \"\"");
    refused(Experiments.range("lr", real, "0", "1e999", "0.1"), "feasibleSpace.max is \"1e999\"");
    refused(Experiments.range("lr", real, "1", "0", "0.1"), "lr goes from 1 to 0 in steps of 0.1");
    refused(Experiments.range("lr", real, "0", "1", "0"), "in steps of 0, must go up");
    refused(Experiments.range("lr", real, "0", "1", "1e-9"), "lr has more than 10000 values");
    refused(
        Experiments.range("n", ParameterType.INT, "0.5", "3", ""), "n is an int from 0.5 in steps");
    refused(Experiments.listed("k", ParameterType.DISCRETE, "3", "x"), "k: feasibleSpace.list is");
    refused(Experiments.listed("k", ParameterType.CATEGORICAL), "k has no values");
    refused(Experiments.listed("k", ParameterType.CATEGORICAL, "a", "a"), "k has a value twice");
    refused(Experiments.listed("k", ParameterType.UNKNOWN_TYPE, "a"), "k has no parameter type");
    refused(Experiments.listed("", ParameterType.CATEGORICAL, "a"), "a parameter's name has 0");
    for (Distribution other :
        List.of(Distribution.LOG_UNIFORM, Distribution.NORMAL, Distribution.LOG_NORMAL)) {
      refused(
          distributed(other),
          "lr: feasibleSpace.distribution is %s, must be uniform or left out"
              .formatted(other.name().toLowerCase(Locale.ROOT)));
    }
    Suggestions.validate(
        Experiments.with(Experiments.small("random"), distributed(Distribution.UNIFORM)));
    ParameterSpec one = Experiments.listed("k", ParameterType.CATEGORICAL, "a");
    refused(Experiments.with(Experiments.small("random"), one, one), "there are two parameters k");
    refused(Experiments.with(Experiments.small("random")), "the experiment has no parameters");
    Experiment.Builder nas = Experiments.with(Experiments.small("random")).toBuilder();
    nas.getSpecBuilder().getNasConfigBuilder();
    refused(nas.build(), "nasConfig is not searched here: give parameters");
  }

  @Test
  void objectivesAreChecked() {
    Experiment.Builder experiment = Experiments.small("random").toBuilder();
    experiment.getSpecBuilder().getObjectiveBuilder().setType(ObjectiveType.UNKNOWN);
    refused(experiment.build(), "the objective's type must be maximize or minimize");
    experiment.getSpecBuilder().getObjectiveBuilder().clearObjectiveMetricName();
    refused(experiment.build(), "the objective has no objectiveMetricName");
  }

  @Test
  void trialsOfOtherParametersAreSaid() {
    Experiment experiment = Experiments.small("random");
    Trial trial = run(experiment, 3).getFirst();
    Trial.Builder lacks = trial.toBuilder();
    lacks.getSpecBuilder().getParameterAssignmentsBuilder().removeAssignments(1);
    assertRefused(
        () -> ask(experiment, 1, 2, List.of(lacks.build())),
        Code.INVALID_ARGUMENT,
        "trial small-0000 has no dropout");
    Trial.Builder other = trial.toBuilder();
    other
        .getSpecBuilder()
        .getParameterAssignmentsBuilder()
        .getAssignmentsBuilder(1)
        .setValue("0.07");
    assertRefused(
        () -> ask(experiment, 1, 2, List.of(other.build())),
        Code.INVALID_ARGUMENT,
        "trial small-0000 has dropout = 0.07, which is none of its values");
    other.getSpecBuilder().getParameterAssignmentsBuilder().getAssignmentsBuilder(1).setName("x");
    assertRefused(
        () -> ask(experiment, 1, 2, List.of(other.build())),
        Code.INVALID_ARGUMENT,
        "trial small-0000 has x, which is no parameter of the experiment");
    Trial.Builder twice = trial.toBuilder();
    twice
        .getSpecBuilder()
        .getParameterAssignmentsBuilder()
        .addAssignments(trial.getSpec().getParameterAssignments().getAssignments(1));
    assertRefused(
        () -> ask(experiment, 1, 2, List.of(twice.build())),
        Code.INVALID_ARGUMENT,
        "trial small-0000 has dropout twice");
  }

  @Test
  void nothingIsLearntForACallThatHasEnded() {
    Experiment experiment = Experiments.small("reinforce");
    List<Trial> trials = run(Experiments.small("random"), 12);
    Context.CancellableContext ended = Context.current().withCancellation();
    ended.cancel(null);
    assertRefused(
        () -> ended.call(() -> ask(experiment, 1, 13, trials)),
        Code.CANCELLED,
        "the call has ended");
  }

  @Test
  void whatIsAskedForIsLimited() {
    Experiment experiment = Experiments.small("random");
    assertRefused(
        () -> ask(experiment, 1_001, 1_001, List.of()),
        Code.RESOURCE_EXHAUSTED,
        "current_request_number: 1001, must be 1000 or less");
    assertRefused(
        () -> ask(experiment, -1, 0, List.of()),
        Code.INVALID_ARGUMENT,
        "current_request_number is -1");
    assertRefused(
        () -> ask(experiment, 1, 1, Collections.nCopies(20_001, Trial.getDefaultInstance())),
        Code.RESOURCE_EXHAUSTED,
        "trials: 20001, must be 20000 or less");
    ParameterSpec[] many =
        IntStream.range(0, 501)
            .mapToObj(i -> Experiments.listed("p" + i, ParameterType.CATEGORICAL, "a"))
            .toArray(ParameterSpec[]::new);
    assertRefused(
        () -> Suggestions.validate(Experiments.with(experiment, many)),
        Code.RESOURCE_EXHAUSTED,
        "parameters: 501, must be 500 or less");
    ParameterSpec[] large =
        IntStream.range(0, 3)
            .mapToObj(i -> Experiments.range("p" + i, ParameterType.INT, "1", "9000", ""))
            .toArray(ParameterSpec[]::new);
    assertRefused(
        () -> Suggestions.validate(Experiments.with(experiment, large)),
        Code.RESOURCE_EXHAUSTED,
        "values of all parameters: 27000, must be 20000 or less");
    assertRefused(
        () ->
            ask(
                Experiments.with(experiment, large[0]),
                1,
                1,
                Collections.nCopies(15_000, Trial.getDefaultInstance())),
        Code.RESOURCE_EXHAUSTED,
        "trials times values: 135000000, must be 10000000 or less");
    assertRefused(
        () -> Suggestions.validate(Experiments.small("evolution", "population=5000")),
        Code.RESOURCE_EXHAUSTED,
        "population: 5000, must be 1000 or less");
  }
}
