package dev.ppe.nas.vizier;

import com.google.protobuf.Value;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec.CategoricalValueSpec;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec.DiscreteValueSpec;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec.IntegerValueSpec;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.nas.backend.BackendException;
import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.space.Walk;
import dev.ppe.nas.vizier.VizierSettings.Constraints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A search space as Vizier has it: all parameters side by side, under their own names. Few of its
 * algorithms know conditional parameters, so all are always suggested, and the values of those that
 * are not in use are passed over. Constraints it does not know at all.
 */
record VizierSpace(SearchSpace space, Constraints constraints) {
  /** What a suggestion is. */
  sealed interface Suggestion {}

  /** A point of the space. */
  record Valid(Point point) implements Suggestion {}

  /** None: a condition or constraint does not hold. */
  record Broken(String reason) implements Suggestion {}

  /** Vizier computes in doubles, and some of its algorithms in floats on the way. */
  private static final double TOLERANCE = 1e-6;

  /** The parameters in the order of the space. */
  List<ParameterSpec> parameters() {
    return space.parameters().stream().map(VizierSpace::spec).toList();
  }

  private static ParameterSpec spec(Parameter parameter) {
    ParameterSpec.Builder spec = ParameterSpec.newBuilder().setParameterId(parameter.name());
    switch (parameter) {
      case Parameter.Categorical words ->
          spec.setCategoricalValueSpec(
              CategoricalValueSpec.newBuilder().addAllValues(words.labels()));
      case Parameter.Range range when range.step() == 1 ->
          spec.setIntegerValueSpec(
              IntegerValueSpec.newBuilder().setMinValue(range.from()).setMaxValue(range.to()));
      case Parameter.Range range -> spec.setDiscreteValueSpec(discrete(range));
      case Parameter.Discrete numbers -> spec.setDiscreteValueSpec(discrete(numbers));
    }
    return spec.build();
  }

  /** Vizier wants them in ascending order. */
  private static DiscreteValueSpec discrete(Parameter parameter) {
    return DiscreteValueSpec.newBuilder()
        .addAllValues(
            IntStream.range(0, parameter.size())
                .mapToObj(choice -> number(parameter, choice))
                .sorted()
                .toList())
        .build();
  }

  private static double number(Parameter parameter, int choice) {
    return parameter.value(choice) instanceof Numeric(double value) ? value : Double.NaN;
  }

  /**
   * The point that a trial stands for.
   *
   * @throws BackendException if it lacks a parameter, or has a value that is no choice
   */
  Suggestion read(Trial trial) {
    Map<String, Value> values = new HashMap<>();
    trial.getParametersList().forEach(each -> values.put(each.getParameterId(), each.getValue()));
    Walk walk = space.walk();
    while (!walk.isDone()) {
      Parameter parameter = walk.parameter();
      int choice = choice(trial, parameter, Optional.ofNullable(values.get(parameter.name())));
      if (walk.allows(choice)) {
        walk.take(choice);
      } else if (constraints == Constraints.REPAIR) {
        walk.take(nearest(walk, choice));
      } else {
        return new Broken(
            "%s may not be %s with the choices before it"
                .formatted(parameter.name(), parameter.label(choice)));
      }
    }
    return space
        .finish(walk)
        .<Suggestion>map(Valid::new)
        .orElseGet(() -> new Broken("the constraints of the space do not hold"));
  }

  private static int choice(Trial trial, Parameter parameter, Optional<Value> suggested) {
    Value value =
        suggested.orElseThrow(
            () ->
                new BackendException(
                    "Vizier's trial %s has no %s".formatted(trial.getName(), parameter.name())));
    for (int choice = 0; choice < parameter.size(); choice++) {
      if (isChoice(parameter, choice, value)) {
        return choice;
      }
    }
    throw new BackendException(
        "Vizier's trial %s has %s = %s, which is none of its choices"
            .formatted(trial.getName(), parameter.name(), text(value)));
  }

  private static boolean isChoice(Parameter parameter, int choice, Value value) {
    if (parameter instanceof Parameter.Categorical words) {
      return value.hasStringValue() && words.labels().get(choice).equals(value.getStringValue());
    }
    double number = number(parameter, choice);
    return value.hasNumberValue()
        && Math.abs(value.getNumberValue() - number) <= TOLERANCE * Math.max(1, Math.abs(number));
  }

  private static String text(Value value) {
    return value.hasStringValue()
        ? "\"%.100s\"".formatted(value.getStringValue())
        : value.hasNumberValue() ? Double.toString(value.getNumberValue()) : "no number or word";
  }

  /** The choice that is allowed and closest in the parameter's order; there is always one. */
  private static int nearest(Walk walk, int wanted) {
    int nearest = -1;
    for (int choice = 0; choice < walk.parameter().size(); choice++) {
      if (walk.allows(choice)
          && (nearest < 0 || Math.abs(choice - wanted) < Math.abs(nearest - wanted))) {
        nearest = choice;
      }
    }
    return nearest;
  }
}
