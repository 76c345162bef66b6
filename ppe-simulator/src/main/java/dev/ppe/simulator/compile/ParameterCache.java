package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters as the accelerator stores them, and which of them stay on the chip.
 *
 * <p>Weights lie in lines: the lanes' output channels, each with the inputs of one dot product;
 * both are padded. Every padded output channel has 8 bytes of bias and requantisation beside. This
 * gives the vendor compiler's figures for convolutions and dense layers (docs/validation.md).
 * Layers are taken in order and kept if they still fit; none is split.
 *
 * @param bytes for each layer, its stored size
 * @param cached for each layer, whether it has parameters and they stay
 */
record ParameterCache(List<Long> bytes, List<Boolean> cached) {
  private static final int BYTES_PER_CHANNEL = 8;

  static ParameterCache plan(Graph graph, List<Layer> layers, Accelerator accelerator) {
    List<Long> bytes = new ArrayList<>(layers.size());
    List<Boolean> cached = new ArrayList<>(layers.size());
    Map<Integer, Boolean> kept = new HashMap<>();
    long room = accelerator.parameterMemory().cacheBytes();
    for (Layer layer : layers) {
      List<Integer> parameters = layer.onAccelerator() ? layer.parameters() : List.of();
      // Weights that several layers share are stored once, with the first of them; if they do not
      // stay, each of the layers fetches them.
      boolean isNew = !kept.keySet().containsAll(parameters);
      boolean isShared = !isNew && parameters.stream().allMatch(kept::get);
      long size = isShared ? 0 : stored(graph, layer, accelerator);
      boolean stays = isShared || (isNew && size <= room);
      room -= stays ? size : 0;
      parameters.forEach(parameter -> kept.putIfAbsent(parameter, stays));
      bytes.add(size);
      cached.add(stays && !parameters.isEmpty());
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
    long weights = nest.area() * inputs * outputs;
    return graph.tensor(layer.parameters().getFirst()).type().bytes(weights)
        + BYTES_PER_CHANNEL * outputs;
  }

  private static long roundUp(long value, int multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
