package dev.ppe.nas.block;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A search space with choice lists: its description with constraints added, so that a study holds
 * all that it depends on. A stage's list is about the parameters of the stage's name that end in
 * the field's: {@code g1.b0.kind} for {@code kind} of {@code g1}. Blocks may still be skipped.
 */
public final class NarrowedSpace {
  private static final String SKIP = "skip";

  private NarrowedSpace() {}

  /**
   * The description of the narrowed space.
   *
   * @param name of its file, for messages
   * @param text its description, which ends with its body
   * @param stages for each stage, the values that are kept of a field
   * @throws IllegalArgumentException if a list is about nothing in the space or keeps nothing, or
   *     the description does not end with its body
   */
  public static String of(
      String name, String text, ModelSpace space, Map<String, Map<String, List<String>>> stages) {
    List<String> constraints = constraints(space, stages);
    StringBuilder narrowed = new StringBuilder(text.stripTrailing()).append('\n');
    constraints.forEach(
        constraint -> narrowed.append("  - {constraint: \"").append(constraint).append("\"}\n"));
    int before = space.space().constraints().size();
    if (SpaceReader.read(name, narrowed.toString()).space().constraints().size()
        != before + constraints.size()) {
      throw new IllegalArgumentException(
          name + " does not end with its body: choice lists cannot be added");
    }
    return narrowed.toString();
  }

  private static List<String> constraints(
      ModelSpace space, Map<String, Map<String, List<String>>> stages) {
    List<String> constraints = new ArrayList<>();
    stages.forEach(
        (stage, fields) ->
            fields.forEach(
                (field, kept) -> constraints.addAll(constraints(space, stage, field, kept))));
    return constraints;
  }

  private static List<String> constraints(
      ModelSpace space, String stage, String field, List<String> kept) {
    List<Parameter> parameters =
        space.space().parameters().stream()
            .filter(parameter -> parameter.name().startsWith(stage + "."))
            .filter(parameter -> parameter.name().endsWith("." + field))
            .toList();
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "space %s has no parameter %s...%s that a choice list could be about"
              .formatted(space.name(), stage, field));
    }
    List<String> constraints = new ArrayList<>();
    for (Parameter parameter : parameters) {
      List<String> labels = labels(parameter);
      List<String> left =
          labels.stream().filter(label -> kept.contains(label) || label.equals(SKIP)).toList();
      if (left.isEmpty() || left.equals(List.of(SKIP))) {
        throw new IllegalArgumentException(
            "nothing is left of %s: it has %s, and the list keeps %s"
                .formatted(parameter.name(), labels, kept));
      }
      if (left.size() < labels.size()) {
        constraints.add(oneOf(parameter, left));
      }
    }
    return constraints;
  }

  private static List<String> labels(Parameter parameter) {
    return IntStream.range(0, parameter.size()).mapToObj(parameter::label).toList();
  }

  private static String oneOf(Parameter parameter, List<String> values) {
    boolean words = parameter instanceof Parameter.Categorical;
    return values.stream()
        .map(value -> "%s == %s".formatted(parameter.name(), words ? "'" + value + "'" : value))
        .collect(Collectors.joining(" or "));
  }
}
