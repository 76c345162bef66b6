package dev.ppe.nas.cost;

import dev.ppe.nas.space.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The shape at a place of a network as a function of the choices it depends on, and of no others.
 *
 * @param group what it depends on
 * @param shapes by code; empty where no valid point has that code
 */
record ShapeTable(ChoiceGroup group, List<Optional<List<Integer>>> shapes) {
  ShapeTable {
    shapes = List.copyOf(shapes);
  }

  /** A shape that is always the same. */
  static ShapeTable of(List<Parameter> space, Integer... shape) {
    ChoiceGroup nothing = ChoiceGroup.of("input", space, List.of());
    return new ShapeTable(nothing, List.of(Optional.of(List.of(shape))));
  }

  /** The shape at a code of a group of these parameters and more. */
  Optional<List<Integer>> at(ChoiceGroup larger, int code) {
    return shapes.get(group.within(larger, code));
  }

  /** Whether any point has a shape here. */
  boolean isKnown() {
    return shapes.stream().anyMatch(Optional::isPresent);
  }

  /** This function without the parameters that make no difference. */
  ShapeTable reduced(List<Parameter> space) {
    ShapeTable table = this;
    for (int parameter : group.parameters()) {
      table = table.without(space, parameter).orElse(table);
    }
    return table;
  }

  private Optional<ShapeTable> without(List<Parameter> space, int parameter) {
    List<Integer> kept =
        Arrays.stream(group.parameters()).filter(each -> each != parameter).boxed().toList();
    ChoiceGroup smaller = ChoiceGroup.of(group.name(), space, kept);
    List<Optional<List<Integer>>> merged = new ArrayList<>();
    for (int i = 0; i < smaller.size(); i++) {
      merged.add(Optional.empty());
    }
    for (int code = 0; code < group.size(); code++) {
      Optional<List<Integer>> shape = shapes.get(code);
      int own = smaller.within(group, code);
      if (shape.isPresent() && merged.get(own).isPresent() && !shape.equals(merged.get(own))) {
        return Optional.empty();
      }
      if (shape.isPresent()) {
        merged.set(own, shape);
      }
    }
    return Optional.of(new ShapeTable(smaller, merged));
  }
}
