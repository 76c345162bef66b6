package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Phase 4: activations to PE memory, parameters to the parameter memory.
 *
 * <p>An activation lives from the layer that makes it to the last that reads it ({@link
 * Lifetimes}), spread over the PEs as {@link Residence} says. {@link PeMemoryPlanner} says which of
 * them stay and where; what does not goes into the parameter memory or off the chip ({@link
 * Overflowing}). Parameters have what is left ({@link ParameterCache}).
 */
final class Allocator {
  private Allocator() {}

  static MemoryPlan allocate(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    Residence residence = Residence.of(graph, layers, accelerator, interruption);
    int late = accelerator.peMemory().imagesStay() ? accelerator.core().inputs() : 0;
    Lifetimes lifetimes = Lifetimes.of(graph, layers, tilings, late, interruption);
    Streams streams = new Streams(layers, tilings, accelerator, residence, lifetimes);
    long capacity = accelerator.peMemory().bytes();
    PeMemoryPlanner.Plan inPes =
        new PeMemoryPlanner(graph, layers, residence, lifetimes, streams, capacity, interruption)
            .plan();
    interruption.check();
    Overflowing out =
        Overflowing.of(
            graph, layers, lifetimes, residence, accelerator, inPes.spills(), interruption);
    interruption.check();
    long instructions = InstructionBytes.of(graph, layers, tilings, accelerator, interruption);
    interruption.check();
    long taken = out.takenBytes() + instructions;
    ParameterCache parameters =
        ParameterCache.plan(graph, layers, accelerator, taken, interruption);
    List<Boolean> overflowing = new ArrayList<>(lifetimes.tensors());
    List<Boolean> offChip = new ArrayList<>(lifetimes.tensors());
    List<Boolean> kept = new ArrayList<>(lifetimes.tensors());
    for (int tensor = 0; tensor < lifetimes.tensors(); tensor++) {
      interruption.check();
      int root = lifetimes.root(tensor);
      overflowing.add(inPes.spills().get(root).isPresent());
      offChip.add(out.isOffChip(root));
      kept.add(out.isInParameterMemory(root));
    }
    List<Long> sentAgain =
        Seams.bytes(
            graph,
            layers,
            lifetimes,
            residence,
            accelerator,
            inPes.spills(),
            out.whole(),
            interruption);
    interruption.check();
    long lowerBound = lowerBound(inPes.buffers(), layers.size());
    interruption.check();
    return new MemoryPlan(
        inPes.activations(),
        inPes.buffers(),
        overflowing,
        offChip,
        kept,
        sentAgain,
        taken,
        instructions,
        inPes.peakBytes(),
        lowerBound,
        parameters.bytes(),
        parameters.cached(),
        parameters.placements());
  }

  private static long lowerBound(List<Buffer> buffers, int steps) {
    AliveBytes alive = new AliveBytes(steps);
    buffers.forEach(buffer -> alive.add(buffer.firstStep(), buffer.lastStep(), buffer.bytes()));
    return alive.most();
  }
}
