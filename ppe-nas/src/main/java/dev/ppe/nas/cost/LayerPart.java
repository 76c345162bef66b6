package dev.ppe.nas.cost;

import dev.ppe.nas.expression.Value;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.ChainLayer;
import dev.ppe.simulator.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A layer of a chain and all that it depends on: the parameters of its figures and those that the
 * shape of its input follows from.
 */
final class LayerPart {
  private final ChainLayer layer;
  private final ChoiceGroup group;
  private final Choices choices;
  private final ShapeTable input;

  private LayerPart(ChainLayer layer, ChoiceGroup group, Choices choices, ShapeTable input) {
    this.layer = layer;
    this.group = group;
    this.choices = choices;
    this.input = input;
  }

  /**
   * A layer behind others.
   *
   * @return empty if it depends on too many choices
   */
  static Optional<LayerPart> of(SearchSpace space, ChainLayer layer, ShapeTable input) {
    SortedSet<Integer> parameters = reads(space.parameters(), layer);
    for (int parameter : input.group().parameters()) {
      parameters.add(parameter);
    }
    if (ChoiceGroup.size(space.parameters(), parameters) > ChoiceGroup.MAX_SIZE) {
      return Optional.empty();
    }
    ChoiceGroup group = ChoiceGroup.of(layer.name(), space.parameters(), parameters);
    return Optional.of(new LayerPart(layer, group, new Choices(space, group), input));
  }

  /** Indices of the parameters that a layer's own figures read. */
  static SortedSet<Integer> reads(List<Parameter> space, ChainLayer layer) {
    SortedSet<Integer> indices = new TreeSet<>();
    for (int i = 0; i < space.size(); i++) {
      if (layer.reads().contains(space.get(i).name())) {
        indices.add(i);
      }
    }
    return indices;
  }

  ChoiceGroup group() {
    return group;
  }

  /** Codes that valid points may have. */
  int[] codes() {
    return IntStream.range(0, group.size()).filter(choices.possible()).toArray();
  }

  /** The layer as a network of its own; empty where it is left out, or fits no input. */
  Optional<Graph> network(int code) {
    Function<String, Value> values = choices.values(code);
    Optional<List<Integer>> shape = input.at(group, code);
    if (shape.isEmpty() || !layer.isThere(values)) {
      return Optional.empty();
    }
    try {
      return Optional.of(layer.alone(values, shape.get()));
    } catch (IllegalArgumentException e) { // no point has this code, or it reads other layers too
      return Optional.empty();
    }
  }

  /** What the next layer reads. */
  ShapeTable output(List<Parameter> space) {
    List<Optional<List<Integer>>> shapes = new ArrayList<>();
    for (int code = 0; code < group.size(); code++) {
      shapes.add(Optional.empty());
    }
    for (int code : codes()) {
      shapes.set(code, shape(code));
    }
    return new ShapeTable(group, shapes).reduced(space);
  }

  private Optional<List<Integer>> shape(int code) {
    if (!layer.isThere(choices.values(code))) {
      return input.at(group, code);
    }
    return network(code)
        .filter(graph -> graph.outputs().size() == 1)
        .map(graph -> graph.tensor(graph.outputs().getFirst()).shape().toList());
  }
}
