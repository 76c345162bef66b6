package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a network so far. Each phase adds its part; what later ones find is empty.
 *
 * @param source the network as it came
 * @param accelerator what it is compiled for
 * @param done the latest phase; empty before the first
 * @param graph the network with its group convolutions joined
 * @param placed its nodes in the order in which they run
 * @param layers fused nodes in the order in which they run
 * @param tilings for each layer how it is cut; empty on the host
 * @param mapping all of that with the memory plan and what crosses between host and accelerator
 * @param program the instructions of one inference
 */
public record Compilation(
    CanonicalGraph source,
    Accelerator accelerator,
    Optional<Phase> done,
    Graph graph,
    List<PlacedNode> placed,
    List<Layer> layers,
    List<Optional<Tiling>> tilings,
    Optional<Mapping> mapping,
    Optional<Program> program) {
  public Compilation {
    placed = List.copyOf(placed);
    layers = List.copyOf(layers);
    tilings = List.copyOf(tilings);
  }

  /** Nothing but the task. */
  static Compilation of(CanonicalGraph source, Accelerator accelerator) {
    return new Compilation(
        source,
        accelerator,
        Optional.empty(),
        source.graph(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether {@code phase} has run. */
  public boolean knows(Phase phase) {
    return done.isPresent() && done.get().compareTo(phase) >= 0;
  }

  /** Whether it has a layer that the accelerator runs. */
  public boolean usesAccelerator() {
    return placed.stream().anyMatch(node -> node.placement().onAccelerator());
  }

  Compilation joined(Graph other) {
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.JOIN),
        other,
        placed,
        layers,
        tilings,
        mapping,
        program);
  }

  Compilation placed(List<PlacedNode> nodes) {
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.PLACE),
        graph,
        nodes,
        layers,
        tilings,
        mapping,
        program);
  }

  Compilation fused(List<Layer> fused) {
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.FUSE),
        graph,
        placed,
        fused,
        tilings,
        mapping,
        program);
  }

  Compilation tiled(List<Optional<Tiling>> cuts) {
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.TILE),
        graph,
        placed,
        layers,
        cuts,
        mapping,
        program);
  }

  /**
   * With a memory plan.
   *
   * @throws CompilationException if a layer cannot be cut into blocks that fit it
   */
  Compilation allocated(MemoryPlan memory, Interruption interruption) {
    Crossings crossings = Crossings.of(graph, layers, interruption);
    Mapping whole =
        Mapping.of(graph, accelerator, layers, tilings, memory, crossings, interruption);
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.ALLOCATE),
        graph,
        placed,
        layers,
        tilings,
        Optional.of(whole),
        program);
  }

  Compilation scheduled(Program instructions) {
    return new Compilation(
        source,
        accelerator,
        Optional.of(Phase.SCHEDULE),
        graph,
        placed,
        layers,
        tilings,
        mapping,
        Optional.of(instructions));
  }
}
