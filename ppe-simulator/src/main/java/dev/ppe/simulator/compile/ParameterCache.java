package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parameters as the accelerator stores them, and which of them stay on the chip.
 *
 * <p>Weights lie in lines: the lanes' output channels, each with the inputs of one dot product;
 * both are padded. Every padded output channel has 8 bytes of bias and requantisation beside. This
 * gives the vendor compiler's figures for convolutions and dense layers (docs/validation.md).
 * Layers are kept in order as long as they fit; none is split.
 *
 * @param bytes for each layer, its stored size
 * @param cached for each layer, whether it has a size and stays
 */
record ParameterCache(List<Long> bytes, List<Boolean> cached) {
  private static final int BYTES_PER_CHANNEL = 8;

  static ParameterCache plan(Graph graph, List<Layer> layers, Accelerator accelerator) {
    List<Long> bytes = new ArrayList<>(layers.size());
    List<Boolean> cached = new ArrayList<>(layers.size());
    Set<Integer> stored = new HashSet<>();
    long room = accelerator.parameterMemory().cacheBytes();
    for (Layer layer : layers) {
      // Weights that several layers share are stored once, with the first of them.
      boolean isNew = layer.parameters().stream().filter(stored::add).count() > 0;
      long size = layer.onAccelerator() && isNew ? stored(graph, layer, accelerator) : 0;
      boolean fits = size <= room;
      room -= fits ? size : 0;
      bytes.add(size);
      cached.add(fits && size > 0);
    }
    return new ParameterCache(bytes, cached);
  }

  private static long stored(Graph graph, Layer layer, Accelerator accelerator) {
    Node main = graph.nodes().get(layer.main());
    Optional<LoopNest> loops =
        layer.parameters().isEmpty() ? Optional.empty() : LoopNest.of(graph, main);
    if (loops.isEmpty()) {
      return layer.parameters().stream().mapToLong(index -> graph.tensor(index).bytes()).sum();
    }
    LoopNest nest = loops.get();
    int lanes = accelerator.core().lanes();
    int depth = accelerator.core().macsPerLane();
    long outputs = roundUp(nest.groups() * nest.outputs(), lanes);
    // A depthwise layer has one weight for each channel and kernel element: nothing to pad in
    // depth.
    long inputs = nest.inputs() == 1 ? 1 : roundUp(nest.inputs(), depth);
    return nest.area() * inputs * outputs + BYTES_PER_CHANNEL * outputs;
  }

  private static long roundUp(long value, int multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
