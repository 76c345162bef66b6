package dev.ppe.nas.vizier;

import dev.ppe.foreign.vizier.StudySpec;
import dev.ppe.foreign.vizier.StudySpec.MetricSpec;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a study on the server is about, and whether another one is about the same. */
final class VizierSpec {
  private static final Set<String> SERVERS_CHOICE =
      Set.of("", VizierSettings.DEFAULT_ALGORITHM, "ALGORITHM_UNSPECIFIED");

  private VizierSpec() {}

  static StudySpec of(VizierSpace space, VizierMetrics metrics, String algorithm) {
    return StudySpec.newBuilder()
        .addAllMetrics(metrics.specs())
        .addAllParameters(space.parameters())
        .setAlgorithm(algorithm)
        .setObservationNoise(StudySpec.ObservationNoise.LOW) // the simulator's answers have none
        .build();
  }

  /** What is different there, if anything is. What a server adds of its own is no difference. */
  static Optional<String> difference(StudySpec here, StudySpec there) {
    if (!parameters(here).equals(parameters(there))) {
      return Optional.of("is of another space" + first(parameters(here), parameters(there)));
    }
    if (!metrics(here).equals(metrics(there))) {
      return Optional.of(
          "has the metrics %s, not %s".formatted(metrics(there).keySet(), metrics(here).keySet()));
    }
    if (!algorithm(here).equals(algorithm(there))) {
      return Optional.of(
          "has the algorithm %s, not %s".formatted(algorithm(there), algorithm(here)));
    }
    return Optional.empty();
  }

  private static String first(Map<String, Object> here, Map<String, Object> there) {
    Set<String> names = new HashSet<>(here.keySet());
    names.addAll(there.keySet());
    return names.stream()
        .sorted()
        .filter(
            name ->
                !Optional.ofNullable(here.get(name)).equals(Optional.ofNullable(there.get(name))))
        .findFirst()
        .map(": %s is another"::formatted)
        .orElse("");
  }

  private static Map<String, Object> parameters(StudySpec spec) {
    return byName(spec.getParametersList(), ParameterSpec::getParameterId, VizierSpec::choices);
  }

  private static Object choices(ParameterSpec spec) {
    return switch (spec.getParameterValueSpecCase()) {
      case INTEGER_VALUE_SPEC ->
          List.of(
              spec.getIntegerValueSpec().getMinValue(), spec.getIntegerValueSpec().getMaxValue());
      case DISCRETE_VALUE_SPEC -> new HashSet<>(spec.getDiscreteValueSpec().getValuesList());
      case CATEGORICAL_VALUE_SPEC -> new HashSet<>(spec.getCategoricalValueSpec().getValuesList());
      case PARAMETERVALUESPEC_NOT_SET -> "something else";
    };
  }

  private static Map<String, Object> metrics(StudySpec spec) {
    return byName(
        spec.getMetricsList(),
        MetricSpec::getMetricId,
        metric -> List.of(metric.getGoal(), metric.hasSafetyConfig()));
  }

  private static String algorithm(StudySpec spec) {
    return SERVERS_CHOICE.contains(spec.getAlgorithm())
        ? VizierSettings.DEFAULT_ALGORITHM
        : spec.getAlgorithm();
  }

  private static <T> Map<String, Object> byName(
      List<T> list, Function<T, String> name, Function<T, Object> meaning) {
    return list.stream()
        .collect(Collectors.toMap(name, meaning, (one, other) -> List.of(one, other)));
  }
}
