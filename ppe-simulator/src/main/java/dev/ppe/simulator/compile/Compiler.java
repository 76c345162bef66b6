package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The phases, in order:
 *
 * <ol>
 *   <li>join: group convolutions that are written in parts ({@link GroupConvolutions});
 *   <li>place: accelerator or host, with the reason for every fallback ({@link Placer});
 *   <li>fuse: nodes that the hardware runs as one ({@link Fuser});
 *   <li>tile: how each layer is cut over the PEs ({@link Tiler});
 *   <li>allocate: activations and parameters to memories ({@link Allocator}).
 * </ol>
 *
 * Scheduling is apart ({@link Scheduler}): the analytical model needs no program.
 */
public final class Compiler {
  private Compiler() {}

  /**
   * Maps a network to an accelerator.
   *
   * @throws CompilationException if there is no mapping, with the node and the reason
   */
  public static Mapping map(
      CanonicalGraph canonical, Accelerator accelerator, Interruption interruption) {
    Graph graph = GroupConvolutions.join(canonical.graph());
    List<PlacedNode> placed = Placer.place(graph, accelerator, interruption);
    List<Layer> layers = Fuser.fuse(graph, placed, interruption);
    List<Optional<Tiling>> tilings = tile(graph, layers, accelerator, interruption);
    MemoryPlan memory = Allocator.allocate(graph, layers, tilings, accelerator, interruption);
    return new Mapping(graph, accelerator, layers, tilings, memory, Crossings.of(graph, layers));
  }

  private static List<Optional<Tiling>> tile(
      Graph graph, List<Layer> layers, Accelerator accelerator, Interruption interruption) {
    Tiler tiler = new Tiler(accelerator);
    List<Optional<Tiling>> tilings = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      interruption.check();
      tilings.add(layer.onAccelerator() ? Optional.of(tiler.tile(graph, layer)) : Optional.empty());
    }
    return tilings;
  }
}
