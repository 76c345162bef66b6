package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What stays in PE memory, and where. Where the living do not fit, the largest of them leave
 * ({@link Spilling}) and are streamed through a small buffer by the layers that make and read them
 * ({@link Streams}). Results are written over operands ({@link InPlace}), unless the gaps that
 * their longer lives leave cost more than there is. Offsets come from {@link OffsetAllocator};
 * should gaps cost too much even so, less is promised to the living and the plan made again.
 */
final class PeMemoryPlanner {
  /**
   * Attempts to plan within ever less memory; in the last nothing stays and everything is streamed.
   */
  private static final int ATTEMPTS = 8;

  /**
   * A plan.
   *
   * @param spills for each tensor why it leaves, if it has bytes of its own and does
   * @param activations all of layers on the accelerator, by tensor
   * @param buffers with their offsets
   * @param peakBytes end of the highest
   */
  record Plan(
      List<Optional<Spill>> spills,
      List<Activation> activations,
      List<Buffer> buffers,
      long peakBytes) {}

  private final Graph graph;
  private final List<Layer> layers;
  private final Residence residence;
  private final Lifetimes lifetimes;
  private final Streams streams;
  private final InPlace inPlace;
  private final long capacity;
  private final Interruption interruption;

  PeMemoryPlanner(
      Graph graph,
      List<Layer> layers,
      Residence residence,
      Lifetimes lifetimes,
      Streams streams,
      long capacity,
      Interruption interruption) {
    this.graph = graph;
    this.layers = layers;
    this.residence = residence;
    this.lifetimes = lifetimes;
    this.streams = streams;
    this.inPlace = InPlace.of(graph, layers, residence, lifetimes, interruption);
    this.capacity = capacity;
    this.interruption = interruption;
  }

  /** One that fits. */
  Plan plan() {
    for (int attempt = 0; ; attempt++) {
      interruption.check();
      long promised = capacity * (ATTEMPTS - attempt) / ATTEMPTS;
      List<Optional<Spill>> spills =
          Spilling.within(promised, lifetimes, residence, streams, inPlace, interruption);
      Plan over = plan(spills, inPlace.places(spills, interruption));
      if (over.peakBytes() <= capacity) {
        return over;
      }
      Plan apart = plan(spills, apart());
      if (apart.peakBytes() <= capacity || attempt == ATTEMPTS) {
        return apart;
      }
    }
  }

  private int[] apart() {
    int[] places = new int[lifetimes.tensors()];
    Arrays.setAll(places, lifetimes::root);
    return places;
  }

  private Plan plan(List<Optional<Spill>> spills, int[] places) {
    interruption.check();
    List<Activation> activations = activations(spills, places);
    List<Buffer> wanted = new ArrayList<>(MemoryPlan.wanted(activations, interruption).values());
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      long bytes = streams.blockBytes(step, spills);
      if (bytes > 0) {
        wanted.add(new Buffer("streams of " + layers.get(step).name(), 0, bytes, step, step));
      }
    }
    List<Buffer> passing = passing(spills);
    List<Buffer> all = new ArrayList<>(wanted);
    all.addAll(passing);
    List<Buffer> buffers = OffsetAllocator.allocate(all, interruption);
    if (end(buffers) > capacity && !passing.isEmpty()) {
      buffers = beside(wanted, passing);
    }
    return new Plan(spills, activations, buffers, end(buffers));
  }

  /** Those that have room beside the others; what has none passes piece by piece. */
  private List<Buffer> beside(List<Buffer> wanted, List<Buffer> passing) {
    Occupancy occupancy = new Occupancy(layers.size());
    List<Buffer> buffers = OffsetAllocator.allocate(wanted, occupancy, interruption);
    for (Buffer whole : passing) {
      Buffer inPlace = whole.at(occupancy.lowestFree(whole));
      if (inPlace.offset() + inPlace.bytes() <= capacity) {
        occupancy.take(inPlace);
        buffers.add(inPlace);
      }
    }
    buffers.sort(interruption.whileComparing(Comparator.comparingLong(Buffer::offset)));
    return buffers;
  }

  private long end(List<Buffer> buffers) {
    long end = 0;
    for (int i = 0; i < buffers.size(); i++) {
      interruption.checkAt(i);
      end = Math.max(end, buffers.get(i).offset() + buffers.get(i).bytes());
    }
    return end;
  }

  /** What passes through each PE while views are laid out anew. */
  private List<Buffer> passing(List<Optional<Spill>> spills) {
    List<Buffer> passing = new ArrayList<>();
    for (int step = 0; step < layers.size(); step++) {
      interruption.checkAt(step);
      Layer layer = layers.get(step);
      if (layer.onAccelerator() && layer.outputs().size() == 1) {
        int view = layer.outputs().getFirst();
        long bytes = residence.passingBytes(view);
        if (bytes > 0 && spills.get(lifetimes.root(view)).isEmpty()) {
          passing.add(new Buffer("layout of " + layer.name(), 0, bytes, step, step));
        }
      }
    }
    return passing;
  }

  private List<Activation> activations(List<Optional<Spill>> spills, int[] places) {
    List<Activation> activations = new ArrayList<>();
    for (int tensor = 0; tensor < lifetimes.tensors(); tensor++) {
      interruption.check();
      int root = lifetimes.root(tensor);
      if (lifetimes.lives(root)) {
        activations.add(
            new Activation(
                tensor,
                graph.tensor(tensor).name(),
                root,
                places[tensor],
                residence.placeBytes(root),
                lifetimes.first(root),
                lifetimes.last(root),
                spills.get(root)));
      }
    }
    return activations;
  }
}
