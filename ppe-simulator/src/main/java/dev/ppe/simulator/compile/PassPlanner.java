package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.CoreMemory;
import dev.ppe.simulator.compile.Passes.Kept;
import dev.ppe.simulator.compile.Passes.Second;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.job.LoopOrder;
import java.util.List;

/** Finds how a layer on the accelerator is worked through, from all else that is known of it. */
final class PassPlanner {
  private final Mapping mapping;
  private final Layer layer;
  private final SecondFactor factor;
  private final ParameterMemory parameterMemory;
  private final int index;
  private final int passes;
  private final long streamed;

  private PassPlanner(Mapping mapping, int index) {
    MemoryPlan memory = mapping.memory();
    this.mapping = mapping;
    this.index = index;
    this.layer = mapping.layers().get(index);
    this.factor = SecondFactor.of(mapping, index);
    this.parameterMemory = mapping.accelerator().parameterMemory();
    this.passes = Blocks.passes(mapping, index);
    this.streamed = memory.cached().get(index) ? 0 : memory.parameterBytes().get(index);
  }

  /**
   * Of one layer.
   *
   * @throws CompilationException if it cannot be cut into blocks that fit, or into so many only
   *     that no program could have them
   */
  static Passes of(Mapping mapping, int index) {
    return new PassPlanner(mapping, index).plan();
  }

  private Passes plan() {
    List<Boolean> offChip = mapping.memory().offChip();
    long in = bytes(factor.others(layer.inputs()), offChip);
    int chosen = StreamOrder.rounds(mapping, index, streamed, passes, in);
    boolean parametersStay = chosen > 0;
    int rounds = Math.max(1, chosen);
    return new Passes(
        parametersStay ? LoopOrder.WEIGHTS_OUTER : LoopOrder.ACTIVATIONS_OUTER,
        rounds,
        passes,
        pieces(parametersStay, rounds),
        Tiles.of(mapping, index).count(),
        streamed,
        in,
        bytes(layer.outputs(), offChip),
        overflows(layer.inputs()) ? rounds : 1,
        new Second(factor.times(passes), bytes(factor.asList(), offChip)),
        kept(rounds),
        banks(rounds, in));
  }

  /** What comes and goes beside the cores: all but the first that comes and the last that goes. */
  private BankConflict banks(int rounds, long in) {
    List<Boolean> offChip = mapping.memory().offChip();
    int often = factor.times(passes);
    int turns = rounds * passes;
    long filled =
        meanwhile(Math.multiplyExact(rounds, in), turns)
            + (often - 1) * bytes(factor.asList(), offChip);
    int pes = mapping.accelerator().grid().pes();
    return BankConflict.of(
        mapping.accelerator().peMemory(),
        tiling(),
        often,
        Math.ceilDiv(filled, pes),
        Math.ceilDiv(meanwhile(bytes(layer.outputs(), offChip), turns), pes));
  }

  private Tiling tiling() {
    return mapping.tilings().get(index).orElseThrow();
  }

  /** Nothing is under way when the first block comes, and when the last goes. */
  private static long meanwhile(long bytes, int turns) {
    return Math.multiplyExact(bytes, turns - 1L) / turns;
  }

  private boolean overflows(List<Integer> tensors) {
    return tensors.stream().anyMatch(mapping.memory().overflowing()::get);
  }

  /**
   * Pieces of a pass, or of the first pass of a round: what is fetched under other work comes as
   * the lanes take it, whatever room there is, so that more room makes no pass wait for more; and
   * of parameters that do not stay no more than half the staging memory at a time.
   */
  private int pieces(boolean stay, int rounds) {
    long most = Math.max(1, Passes.MOST_STEPS / ((long) rounds * passes));
    if (factor.tensor().isPresent() && streamed == 0) {
      return Math.toIntExact(Math.clamp(factor.pieces(), 1, most));
    }
    if (streamed == 0 || !parameterMemory.prefetch()) {
      return 1;
    }
    long lanes = Math.ceilDiv(StreamOrder.passesOverLanes(mapping, layer, tiling()), (long) rounds);
    long fine = Math.clamp(lanes, 1, Passes.FINE_PIECES);
    long halves = stay ? 1 : Math.ceilDiv(streamed, parameterMemory.stagingBytes() / 2);
    return Math.toIntExact(Math.clamp(Math.max(fine, halves), 1, most));
  }

  /**
   * The parameter memory lies with the PEs, and each moves its share over the way that its cores
   * have to parameters of their own.
   */
  private Kept kept(int rounds) {
    List<Boolean> kept = mapping.memory().inParameterMemory();
    long all =
        rounds * bytes(factor.others(layer.inputs()), kept)
            + factor.times(passes) * bytes(factor.asList(), kept)
            + bytes(layer.outputs(), kept);
    long ofOnePe = Math.ceilDiv(all, mapping.accelerator().grid().pes());
    return new Kept(ofOnePe, CoreMemory.of(parameterMemory).moveCycles(ofOnePe));
  }

  private long bytes(List<Integer> tensors, List<Boolean> which) {
    long bytes = 0;
    for (int tensor : tensors) {
      bytes += which.get(tensor) ? mapping.graph().tensor(tensor).bytes() : 0;
    }
    return bytes;
  }
}
