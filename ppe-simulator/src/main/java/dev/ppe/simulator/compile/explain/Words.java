package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.graph.Tensor;
import java.util.List;
import java.util.Locale;

/** Pieces of the sentences that say why, the same in every locale. */
final class Words {
  private Words() {}

  /** Bytes to the last one. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d %s", bytes, bytes == 1 ? "byte" : "bytes");
  }

  /** A layer's position and name. */
  static String layer(List<Layer> layers, int index) {
    return "layer %d \"%s\"".formatted(index, layers.get(index).name());
  }

  static String type(Tensor tensor) {
    return tensor.type().name().toLowerCase(Locale.ROOT);
  }
}
