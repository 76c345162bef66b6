package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.OpenDimensions;
import dev.ppe.simulator.format.onnx.file.DeclaredValue;
import dev.ppe.simulator.format.onnx.file.Dimension;
import dev.ppe.simulator.format.onnx.file.ElementTypes;
import dev.ppe.simulator.format.onnx.file.StoredGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the file declares of values, with a size for every dimension that it leaves open: the
 * outermost one of an input is the batch, any other needs a size.
 */
final class Declarations {
  private final OpenDimensions sizes;
  private final List<String> notes;
  private final Map<String, Integer> symbols = new HashMap<>();
  private final Map<String, DeclaredValue> values = new HashMap<>();

  Declarations(
      StoredGraph graph, ImportOptions options, List<String> notes, Interruption interruption) {
    this.sizes = new OpenDimensions(options);
    this.notes = notes;
    keep(graph.values(), interruption);
    keep(graph.outputs(), interruption);
  }

  private void keep(List<DeclaredValue> declared, Interruption interruption) {
    for (DeclaredValue value : declared) {
      interruption.checkAt(values.size());
      values.put(value.name(), value);
    }
  }

  /** An input's shape. */
  Shape input(DeclaredValue input) {
    String place = "input \"" + input.name() + "\"";
    List<Dimension> dimensions =
        input
            .dimensions()
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        place, "is no tensor or has no shape: export the model with fixed shapes"));
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      shape.add(
          switch (dimensions.get(i)) {
            case Dimension.Fixed fixed -> fixed.size();
            case Dimension.Open open -> open(place, input.name(), i, open.symbol());
          });
    }
    return at(place, () -> Shape.of(shape));
  }

  private int open(String place, String input, int axis, String symbol) {
    Integer known = symbols.get(symbol);
    OptionalInt size = known == null ? sizes.size(input, axis, symbol) : OptionalInt.of(known);
    if (size.isEmpty()) {
      throw new ModelFormatException(
          place,
          "leaves dimension %d%s open: give its size with %s, or export the model with fixed shapes"
              .formatted(
                  axis,
                  symbol.isEmpty() ? "" : ", \"" + symbol + "\",",
                  OpenDimensions.option(input, axis, symbol)));
    }
    if (!symbol.isEmpty()) {
      symbols.put(symbol, size.getAsInt());
    }
    return size.getAsInt();
  }

  /** Says what became of the sizes that were asked for, once all inputs are known. */
  void noteSizes() {
    notes.addAll(sizes.notes());
  }

  /** An input's element type. */
  static DataType type(DeclaredValue input) {
    return at("input \"" + input.name() + "\"", () -> ElementTypes.of(input.elementType()));
  }

  /** The declared shape of any other value, empty if there is none or it stays open. */
  Optional<Shape> shape(String name) {
    Optional<List<Dimension>> dimensions =
        Optional.ofNullable(values.get(name)).flatMap(DeclaredValue::dimensions);
    if (dimensions.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>();
    for (Dimension dimension : dimensions.get()) {
      switch (dimension) {
        case Dimension.Fixed fixed -> sizes.add(fixed.size());
        case Dimension.Open open -> {
          Integer known = symbols.get(open.symbol());
          if (known == null) {
            return Optional.empty();
          }
          sizes.add(known);
        }
      }
    }
    return Optional.of(Shape.of(sizes));
  }

  /** The declared element type of any other value. */
  Optional<DataType> type(String name) {
    return Optional.ofNullable(values.get(name))
        .filter(value -> value.elementType() != 0)
        .map(value -> ElementTypes.of(value.elementType()));
  }

  private static <T> T at(String place, Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(place, String.valueOf(e.getMessage()));
    }
  }
}
