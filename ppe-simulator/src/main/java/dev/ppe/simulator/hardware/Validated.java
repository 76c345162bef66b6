package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of an accelerator's times has been compared with measured ones: the layers of the networks
 * that were measured. Whether a layer is like them is said in its report.
 *
 * @param data names of the files with the measured rows
 * @param types activation types of the networks
 * @param layers the largest layer of each kind in each of its figures
 */
public record Validated(List<String> data, List<DataType> types, List<LayerBounds> layers) {
  private static final int MOST = 256;

  public Validated {
    data = List.copyOf(data);
    types = List.copyOf(types);
    layers = List.copyOf(layers);
    Check.range("validated.data, their number,", data.size(), 1, MOST);
    data.forEach(file -> Check.text("validated.data", file));
    if (types.isEmpty() || EnumSet.copyOf(types).size() != types.size()) {
      throw new IllegalArgumentException(
          "validated.types is " + types + ", must name at least one, each once");
    }
    Check.range("validated.layers, their number,", layers.size(), 1, MOST);
    if (layers.stream().map(LayerBounds::kind).distinct().count() != layers.size()) {
      throw new IllegalArgumentException("validated.layers has a kind twice");
    }
  }

  /**
   * Why a layer lies outside of what was compared, in words; empty where it does not.
   *
   * @param layer its shape
   * @param type of its results
   */
  public String outside(LayerBounds layer, DataType type) {
    if (types.stream().noneMatch(known -> isLike(known, type))) {
      return "%s: %s, validated with %s"
          .formatted(
              layer.kind(),
              name(type),
              String.join(", ", types.stream().map(Validated::name).toList()));
    }
    Optional<LayerBounds> bounds =
        layers.stream().filter(known -> known.kind().equals(layer.kind())).findFirst();
    if (bounds.isEmpty()) {
      return layer.kind() + ": in no measured network";
    }
    List<String> exceeded = bounds.get().exceededBy(layer);
    return exceeded.isEmpty() ? "" : layer.kind() + ": " + String.join("; ", exceeded);
  }

  /** Signed and unsigned numbers of a width cost the same. */
  private static boolean isLike(DataType one, DataType other) {
    return one.bits() == other.bits() && one.isFloat() == other.isFloat();
  }

  private static String name(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
