package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters as the accelerator stores them, and which of them stay on the chip: the largest layers
 * first, among equals in order, each that still fits. None is split, but over PEs that share out
 * its output channels, and each of these must have room for its part. Instructions and the
 * activations that overflow into the parameter memory take their room first. Weights that several
 * layers share are stored once.
 *
 * @param bytes for each layer, its stored size
 * @param cached for each layer, whether it has parameters and they stay
 */
record ParameterCache(List<Long> bytes, List<Boolean> cached) {
  static ParameterCache plan(
      Graph graph, List<Layer> layers, Accelerator accelerator, long takenBytes) {
    long[] sizes = new long[layers.size()];
    Map<Integer, Integer> owners = new HashMap<>(); // who stores a parameter: the first to read it
    List<Integer> storing = new ArrayList<>();
    for (int index = 0; index < sizes.length; index++) {
      Layer layer = layers.get(index);
      if (layer.onAccelerator() && !layer.parameters().isEmpty()) {
        sizes[index] = StoredParameters.bytes(graph, layer, accelerator.core());
        if (!owners.keySet().containsAll(layer.parameters())) {
          storing.add(index);
          for (int parameter : layer.parameters()) {
            owners.putIfAbsent(parameter, index);
          }
        }
      }
    }
    storing.sort(
        Comparator.<Integer>comparingLong(index -> sizes[index]).reversed()); // stable: in order
    boolean[] stays = new boolean[sizes.length];
    long room = Math.max(0, accelerator.parameterMemory().cacheBytes() - takenBytes);
    for (int index : storing) {
      long size = sizes[index];
      stays[index] = size <= room && fitsEveryPe(graph, layers.get(index), size, accelerator);
      room -= stays[index] ? size : 0;
    }
    return shared(layers, sizes, owners, stays);
  }

  /** Layers whose parameters others store have them too if all of those stay. */
  private static ParameterCache shared(
      List<Layer> layers, long[] sizes, Map<Integer, Integer> owners, boolean[] stays) {
    List<Long> bytes = new ArrayList<>(sizes.length);
    List<Boolean> cached = new ArrayList<>(sizes.length);
    for (int index = 0; index < sizes.length; index++) {
      List<Integer> parameters =
          layers.get(index).onAccelerator() ? layers.get(index).parameters() : List.of();
      boolean all =
          !parameters.isEmpty()
              && parameters.stream()
                  .allMatch(parameter -> stays[owners.getOrDefault(parameter, 0)]);
      boolean stores = stays[index] || parameters.isEmpty();
      cached.add(stays[index] || all);
      bytes.add(all && !stores ? 0 : sizes[index]);
    }
    return new ParameterCache(bytes, cached);
  }

  /**
   * Whether the largest share fits into one PE's part of the memory, where the PEs share out the
   * output channels of a single position, as many passes over the lanes as it takes.
   */
  private static boolean fitsEveryPe(Graph graph, Layer layer, long size, Accelerator accelerator) {
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    if (output.elements() != output.innermost()) {
      return true;
    }
    long pes = accelerator.grid().pes();
    long passes = Math.ceilDiv((long) output.innermost(), accelerator.core().outputs());
    long largest = Math.ceilDiv(size, passes) * Math.ceilDiv(passes, pes);
    return largest <= accelerator.parameterMemory().cacheBytes() / pes;
  }
}
