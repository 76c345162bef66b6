package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters as the accelerator stores them, and which of them stay on the chip: the largest layers
 * first, among equals in order, each that still fits. None is split, but over PEs that share out
 * its output channels, and each of these must have room for its part beside those it has: layers
 * that need fewer passes over the lanes than there are PEs lie in the first PEs. Instructions and
 * the activations that overflow into the parameter memory take their room first. Weights that
 * several layers share are stored once.
 *
 * @param bytes for each layer, its stored size
 * @param cached for each layer, whether it has parameters and they stay
 * @param placements for each layer, where they are and why
 */
record ParameterCache(List<Long> bytes, List<Boolean> cached, List<ParameterPlacement> placements) {
  static ParameterCache plan(
      Graph graph,
      List<Layer> layers,
      Accelerator accelerator,
      long takenBytes,
      Interruption interruption) {
    long[] sizes = new long[layers.size()];
    Map<Integer, Integer> owners = new HashMap<>(); // who stores a parameter: the first to read it
    List<Integer> storing = new ArrayList<>();
    for (int index = 0; index < sizes.length; index++) {
      interruption.check();
      Layer layer = layers.get(index);
      sizes[index] = layer.onAccelerator() ? StoredParameters.bytes(graph, layer, accelerator) : 0;
      if (layer.onAccelerator() && (sizes[index] > 0 || !layer.parameters().isEmpty())) {
        if (layer.parameters().isEmpty() || !owners.keySet().containsAll(layer.parameters())) {
          storing.add(index);
          for (int parameter : layer.parameters()) {
            owners.putIfAbsent(parameter, index);
          }
        }
      }
    }
    storing.sort(
        interruption.whileComparing(
            Comparator.<Integer>comparingLong(index -> sizes[index])
                .reversed())); // stable: in order
    boolean[] stays = new boolean[sizes.length];
    ParameterPlacement[] placements = new ParameterPlacement[sizes.length];
    Arrays.fill(placements, new ParameterPlacement.None());
    long room = Math.max(0, accelerator.parameterMemory().cacheBytes() - takenBytes);
    long firstPe = 0; // what the first PE, which has the most, holds of layers that are shared out
    for (int index : storing) {
      interruption.check();
      Layer layer = layers.get(index);
      placements[index] = place(graph, layer, sizes[index], room, firstPe, accelerator);
      stays[index] = placements[index] instanceof ParameterPlacement.Cached;
      room -= stays[index] ? sizes[index] : 0;
      firstPe += stays[index] ? shareOfFirstPe(graph, layer, sizes[index], accelerator) : 0;
    }
    return shared(layers, sizes, owners, stays, placements, interruption);
  }

  private static ParameterPlacement place(
      Graph graph, Layer layer, long size, long room, long firstPe, Accelerator accelerator) {
    long cache = accelerator.parameterMemory().cacheBytes();
    boolean weightsOnly = accelerator.parameterMemory().weightsOnly() && cache > 0;
    if (weightsOnly && isOperandOfVectorUnit(graph, layer)) {
      return new ParameterPlacement.Operand();
    }
    if (size > room) {
      return cache == 0 ? new ParameterPlacement.NoCache() : new ParameterPlacement.NoRoom(room);
    }
    long share =
        Math.max(
            shareOfOnePe(graph, layer, size, accelerator),
            firstPe + shareOfFirstPe(graph, layer, size, accelerator));
    long part = Math.max(accelerator.parameterMemory().peBytes(), cache / accelerator.grid().pes());
    return share > part
        ? new ParameterPlacement.NoRoomInOnePe(share, part)
        : new ParameterPlacement.Cached(room);
  }

  /** Layers whose parameters others store have them too if all of those stay. */
  private static ParameterCache shared(
      List<Layer> layers,
      long[] sizes,
      Map<Integer, Integer> owners,
      boolean[] stays,
      ParameterPlacement[] placements,
      Interruption interruption) {
    List<Long> bytes = new ArrayList<>(sizes.length);
    List<Boolean> cached = new ArrayList<>(sizes.length);
    for (int index = 0; index < sizes.length; index++) {
      interruption.check();
      List<Integer> parameters =
          layers.get(index).onAccelerator() ? layers.get(index).parameters() : List.of();
      boolean all =
          !parameters.isEmpty()
              && parameters.stream()
                  .allMatch(parameter -> stays[owners.getOrDefault(parameter, 0)]);
      boolean stores = stays[index] || parameters.isEmpty();
      cached.add(stays[index] || all);
      bytes.add(all && !stores ? 0 : sizes[index]);
      if (!parameters.isEmpty() && placements[index] instanceof ParameterPlacement.None) {
        placements[index] = ofOthers(parameters, owners, stays);
      }
    }
    return new ParameterCache(bytes, cached, List.of(placements));
  }

  /** Of a layer all of whose parameters others store. */
  private static ParameterPlacement ofOthers(
      List<Integer> parameters, Map<Integer, Integer> owners, boolean[] stays) {
    List<Integer> layers = parameters.stream().map(p -> owners.getOrDefault(p, 0)).toList();
    return layers.stream()
        .filter(owner -> !stays[owner])
        .<ParameterPlacement>map(ParameterPlacement.OwnerStreams::new)
        .findFirst()
        .orElseGet(() -> new ParameterPlacement.Shared(layers.getFirst()));
  }

  /** Whether a layer adds a map to an activation, or multiplies with one, or the like. */
  private static boolean isOperandOfVectorUnit(Graph graph, Layer layer) {
    return graph.nodes().get(layer.main()).operator() instanceof Operator.Binary
        && layer.parameters().stream()
            .map(parameter -> graph.tensor(parameter).shape())
            .anyMatch(shape -> shape.elements() > Math.max(1, shape.innermost()));
  }

  /**
   * The most that one PE stores: the PEs share out the output channels of a single position, as
   * many passes over the lanes as it takes; of anything else the memories hold equal parts, and
   * nothing is in the way.
   */
  private static long shareOfOnePe(Graph graph, Layer layer, long size, Accelerator accelerator) {
    long passes = passes(graph, layer, accelerator);
    return passes == 0
        ? 0
        : Math.ceilDiv(size, passes) * Math.ceilDiv(passes, (long) accelerator.grid().pes());
  }

  /**
   * What the first PE stores in any case: the passes that every PE takes, or one of the few that
   * there are. The rest of many passes may lie in any PE.
   */
  private static long shareOfFirstPe(Graph graph, Layer layer, long size, Accelerator accelerator) {
    long passes = passes(graph, layer, accelerator);
    return passes == 0
        ? 0
        : Math.ceilDiv(size, passes) * Math.max(1, passes / accelerator.grid().pes());
  }

  /** Passes over the lanes that the PEs share out; 0 where the output has several positions. */
  private static long passes(Graph graph, Layer layer, Accelerator accelerator) {
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    return output.elements() == output.innermost()
        ? Math.ceilDiv((long) output.innermost(), accelerator.core().outputs())
        : 0;
  }
}
