package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.GetSuggestionsReply;
import dev.ppe.foreign.katib.ParameterAssignment;
import dev.ppe.foreign.katib.ParameterSpec;
import dev.ppe.foreign.katib.Trial;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment's parameters as a search space. Names and values may be any text in Katib: the
 * space has numbers for both.
 */
final class ExperimentSpace {
  private static final int MOST_PARAMETERS = 500;
  private static final int MOST_CHOICES = 20_000;
  private static final int NOT_GIVEN = -1;

  private final List<Choices> parameters;
  private final Map<String, Integer> indices = new HashMap<>();
  private final SearchSpace space;

  private ExperimentSpace(List<Choices> parameters) {
    this.parameters = parameters;
    SearchSpace.Builder builder = SearchSpace.builder();
    for (Choices each : parameters) {
      if (indices.put(each.name(), indices.size()) != null) {
        throw Refused.invalid("there are two parameters " + each.name());
      }
      builder.add(Parameter.integer("p" + indices.size(), 0, each.texts().size() - 1));
    }
    space = builder.build();
  }

  static ExperimentSpace of(List<ParameterSpec> specs) {
    if (specs.isEmpty()) {
      throw Refused.invalid("the experiment has no parameters");
    }
    if (specs.size() > MOST_PARAMETERS) {
      throw Refused.tooMuch("parameters", specs.size(), MOST_PARAMETERS);
    }
    List<Choices> parameters = new ArrayList<>();
    long choices = 0;
    for (ParameterSpec spec : specs) {
      Choices each = Choices.of(spec);
      parameters.add(each);
      choices += each.texts().size();
      if (choices > MOST_CHOICES) {
        throw Refused.tooMuch("values of all parameters", choices, MOST_CHOICES);
      }
    }
    return new ExperimentSpace(List.copyOf(parameters));
  }

  SearchSpace space() {
    return space;
  }

  /** Values of all parameters. */
  int choices() {
    return parameters.stream().mapToInt(each -> each.texts().size()).sum();
  }

  /** The point of a trial. */
  Point point(Trial trial) {
    Integer[] encoding = new Integer[parameters.size()];
    Arrays.fill(encoding, NOT_GIVEN);
    for (ParameterAssignment each :
        trial.getSpec().getParameterAssignments().getAssignmentsList()) {
      Integer index = indices.get(each.getName());
      if (index == null) {
        throw Refused.invalid(
            "trial %.100s has %.100s, which is no parameter of the experiment"
                .formatted(trial.getName(), each.getName()));
      }
      if (encoding[index] != NOT_GIVEN) {
        throw Refused.invalid(
            "trial %.100s has %.100s twice".formatted(trial.getName(), each.getName()));
      }
      encoding[index] =
          parameters
              .get(index)
              .choice(each.getValue())
              .orElseThrow(
                  () ->
                      Refused.invalid(
                          "trial %.100s has %.100s = %.100s, which is none of its values"
                              .formatted(trial.getName(), each.getName(), each.getValue())));
    }
    for (int i = 0; i < encoding.length; i++) {
      if (encoding[i] == NOT_GIVEN) {
        throw Refused.invalid(
            "trial %.100s has no %.100s".formatted(trial.getName(), parameters.get(i).name()));
      }
    }
    return space.decode(List.of(encoding));
  }

  /** A point as Katib has it. */
  GetSuggestionsReply.ParameterAssignments assignments(Point point) {
    GetSuggestionsReply.ParameterAssignments.Builder assignments =
        GetSuggestionsReply.ParameterAssignments.newBuilder();
    List<Integer> encoding = point.encoding();
    for (int i = 0; i < encoding.size(); i++) {
      Choices each = parameters.get(i);
      assignments.addAssignments(
          ParameterAssignment.newBuilder()
              .setName(each.name())
              .setValue(each.texts().get(encoding.get(i))));
    }
    return assignments.build();
  }
}
