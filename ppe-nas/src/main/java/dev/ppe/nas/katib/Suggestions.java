package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.Experiment;
import dev.ppe.foreign.katib.GetSuggestionsReply;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.Metric;
import dev.ppe.foreign.katib.ObjectiveSpec;
import dev.ppe.foreign.katib.Trial;
import dev.ppe.nas.backend.LocalBackend;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.space.Point;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests for suggestions. A request holds the experiment and all trials that have ended;
 * the answer is a function of it.
 */
final class Suggestions {
  private static final int MOST_TRIALS = 20_000;
  private static final int MOST_AT_A_TIME = 1_000;

  /** What a request may cost: each trial is learnt from, and touches every value of a policy. */
  private static final long MOST_WORK = 10_000_000;

  /** Evolution lets the oldest die: trials are learnt from as they ended. */
  private static final Comparator<Trial> AS_THEY_ENDED =
      Comparator.comparing((Trial trial) -> trial.getStatus().getCompletionTime())
          .thenComparing(Trial::getName);

  private Suggestions() {}

  /**
   * Fails if an experiment cannot be searched here.
   *
   * @throws io.grpc.StatusRuntimeException saying why
   */
  static void validate(Experiment experiment) {
    ExperimentSpace space = space(experiment);
    direction(experiment.getSpec().getObjective());
    LocalBackend backend = Algorithm.of(experiment).backend(space.space(), 0);
    backend.close();
  }

  /**
   * So many further points as are asked for.
   *
   * @throws io.grpc.StatusRuntimeException saying why there are none
   */
  static GetSuggestionsReply answer(GetSuggestionsRequest request) {
    Experiment experiment = request.getExperiment();
    int count = checkedCount(request);
    ExperimentSpace space = space(experiment);
    int direction = direction(experiment.getSpec().getObjective());
    Algorithm algorithm = Algorithm.of(experiment);
    checkWork(request.getTrialsCount(), space.choices());
    List<Observation> known = known(request, space, direction);
    long suggested =
        Math.max((long) request.getTotalRequestNumber() - count, request.getTrialsCount());
    GetSuggestionsReply.Builder reply = GetSuggestionsReply.newBuilder();
    if (count == 0) {
      return reply.build();
    }
    try (LocalBackend backend = algorithm.backend(space.space(), suggested)) {
      backend.recall(suggested, known, algorithm.factory().batch(), Suggestions::requireListener);
      List<Point> points = backend.suggest(count);
      if (points.size() < count) {
        throw Refused.exhausted(
            "%s has %d of %d further points: all others were suggested; lower maxTrialCount"
                .formatted(algorithm.factory().word(), points.size(), count));
      }
      points.forEach(point -> reply.addParameterAssignments(space.assignments(point)));
    }
    return reply.build();
  }

  /** Learning is most of the work. */
  private static void requireListener() {
    if (Context.current().isCancelled()) {
      throw Refused.cancelled();
    }
  }

  private static ExperimentSpace space(Experiment experiment) {
    if (experiment.getSpec().hasNasConfig()
        && experiment.getSpec().getParameterSpecs().getParametersCount() == 0) {
      throw Refused.invalid("nasConfig is not searched here: give parameters");
    }
    return ExperimentSpace.of(experiment.getSpec().getParameterSpecs().getParametersList());
  }

  private static int checkedCount(GetSuggestionsRequest request) {
    int count = request.getCurrentRequestNumber();
    if (count < 0) {
      throw Refused.invalid("current_request_number is %d, must be 0 or more".formatted(count));
    }
    if (count > MOST_AT_A_TIME) {
      throw Refused.tooMuch("current_request_number", count, MOST_AT_A_TIME);
    }
    return count;
  }

  private static void checkWork(int trials, int choices) {
    if (trials > MOST_TRIALS) {
      throw Refused.tooMuch("trials", trials, MOST_TRIALS);
    }
    if ((long) trials * choices > MOST_WORK) {
      throw Refused.tooMuch("trials times values", (long) trials * choices, MOST_WORK);
    }
  }

  /** 1 where more is better, -1 where less is. */
  private static int direction(ObjectiveSpec objective) {
    if (objective.getObjectiveMetricName().isEmpty()) {
      throw Refused.invalid("the objective has no objectiveMetricName");
    }
    return switch (objective.getType()) {
      case MAXIMIZE -> 1;
      case MINIMIZE -> -1;
      case UNKNOWN, UNRECOGNIZED ->
          throw Refused.invalid("the objective's type must be maximize or minimize");
    };
  }

  private static List<Observation> known(
      GetSuggestionsRequest request, ExperimentSpace space, int direction) {
    String metric = request.getExperiment().getSpec().getObjective().getObjectiveMetricName();
    List<Observation> known = new ArrayList<>();
    for (Trial trial : request.getTrialsList().stream().sorted(AS_THEY_ENDED).toList()) {
      outcome(trial, metric, direction)
          .ifPresent(outcome -> known.add(new Observation(space.point(trial), outcome)));
    }
    return known;
  }

  /** What became of a trial; empty if that is not known yet. */
  private static Optional<Outcome> outcome(Trial trial, String metric, int direction) {
    return switch (trial.getStatus().getCondition()) {
      case CREATED, RUNNING, UNRECOGNIZED -> Optional.empty();
      case SUCCEEDED, EARLYSTOPPED -> Optional.of(measured(trial, metric, direction));
      case KILLED, FAILED, METRICSUNAVAILABLE -> Optional.of(new Outcome.Failed("no metric"));
    };
  }

  private static Outcome measured(Trial trial, String metric, int direction) {
    for (Metric each : trial.getStatus().getObservation().getMetricsList()) {
      if (each.getName().equals(metric)) {
        try {
          double value = Double.parseDouble(each.getValue());
          if (Double.isFinite(value)) {
            return Outcome.Scored.of(direction * value);
          }
        } catch (NumberFormatException e) {
          // Katib writes "unavailable" where there is none.
        }
      }
    }
    return new Outcome.Failed("no metric");
  }
}
