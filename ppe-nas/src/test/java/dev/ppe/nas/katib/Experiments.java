package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.AlgorithmSetting;
import dev.ppe.foreign.katib.Experiment;
import dev.ppe.foreign.katib.FeasibleSpace;
import dev.ppe.foreign.katib.GetSuggestionsReply.ParameterAssignments;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.Metric;
import dev.ppe.foreign.katib.ObjectiveType;
import dev.ppe.foreign.katib.ParameterAssignment;
import dev.ppe.foreign.katib.ParameterSpec;
import dev.ppe.foreign.katib.ParameterType;
import dev.ppe.foreign.katib.Trial;
import dev.ppe.foreign.katib.TrialStatus.TrialConditionType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Experiments as Katib sends them. */
final class Experiments {
  private Experiments() {}

  /** Four parameters, one of each type: 4 x 11 x 3 x 3 = 396 points. */
  static Experiment small(String algorithm, String... settings) {
    Experiment.Builder experiment = Experiment.newBuilder().setName("small");
    experiment
        .getSpecBuilder()
        .getParameterSpecsBuilder()
        .addParameters(range("--layers", ParameterType.INT, "1", "4", ""))
        .addParameters(range("dropout", ParameterType.DOUBLE, "0", "0.5", "0.05"))
        .addParameters(listed("kernel-size", ParameterType.DISCRETE, "3", "5", "7"))
        .addParameters(listed("kind", ParameterType.CATEGORICAL, "depth wise", "fused", "gc"));
    experiment
        .getSpecBuilder()
        .getObjectiveBuilder()
        .setType(ObjectiveType.MAXIMIZE)
        .setObjectiveMetricName("accuracy");
    experiment.getSpecBuilder().getAlgorithmBuilder().setAlgorithmName(algorithm);
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      experiment
          .getSpecBuilder()
          .getAlgorithmBuilder()
          .addAlgorithmSettings(AlgorithmSetting.newBuilder().setName(parts[0]).setValue(parts[1]));
    }
    return experiment.build();
  }

  static ParameterSpec range(String name, ParameterType type, String min, String max, String step) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setParameterType(type)
        .setFeasibleSpace(FeasibleSpace.newBuilder().setMin(min).setMax(max).setStep(step))
        .build();
  }

  static ParameterSpec listed(String name, ParameterType type, String... values) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setParameterType(type)
        .setFeasibleSpace(FeasibleSpace.newBuilder().addAllList(List.of(values)))
        .build();
  }

  /** With other parameters. */
  static Experiment with(Experiment experiment, ParameterSpec... parameters) {
    Experiment.Builder changed = experiment.toBuilder();
    changed.getSpecBuilder().getParameterSpecsBuilder().clearParameters();
    changed.getSpecBuilder().getParameterSpecsBuilder().addAllParameters(List.of(parameters));
    return changed.build();
  }

  static GetSuggestionsRequest request(
      Experiment experiment, int count, int total, List<Trial> trials) {
    return GetSuggestionsRequest.newBuilder()
        .setExperiment(experiment)
        .setCurrentRequestNumber(count)
        .setTotalRequestNumber(total)
        .addAllTrials(trials)
        .build();
  }

  static Map<String, String> values(ParameterAssignments assignments) {
    return assignments.getAssignmentsList().stream()
        .collect(Collectors.toMap(ParameterAssignment::getName, ParameterAssignment::getValue));
  }

  /** A trial that ended so. */
  static Trial ended(
      int number, ParameterAssignments assignments, TrialConditionType how, String accuracy) {
    Trial.Builder trial = Trial.newBuilder().setName("small-%04d".formatted(number));
    trial
        .getSpecBuilder()
        .getParameterAssignmentsBuilder()
        .addAllAssignments(assignments.getAssignmentsList());
    trial
        .getStatusBuilder()
        .setCondition(how)
        .setCompletionTime("2026-01-01T%02d:%02d:00Z".formatted(number / 60, number % 60));
    trial
        .getStatusBuilder()
        .getObservationBuilder()
        .addMetrics(Metric.newBuilder().setName("loss").setValue("0.1"))
        .addMetrics(Metric.newBuilder().setName("accuracy").setValue(accuracy));
    return trial.build();
  }
}
