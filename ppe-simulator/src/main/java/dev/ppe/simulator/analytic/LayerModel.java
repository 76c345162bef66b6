package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.analytic.LaterPasses.FirstPass;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.job.LoopOrder;

/**
 * One layer on the accelerator: decode, fetch operands, exchange them, fetch parameters, compute,
 * store, each on its engine as soon as that is free and what it needs is there. Pieces of
 * parameters ({@link PrefetchedPieces}) and blocks of operands ({@link LaterPasses}) are summed up
 * in closed form, so the work for a layer does not depend on its size.
 */
final class LayerModel {
  private final Mapping mapping;
  private final LayerEngines engines;
  private final Channels channels;
  private final boolean prefetch;
  private final long decodeCycles;
  private final Staging staging = new Staging();
  private final FirstPasses firstPasses;

  /** When the cores were done with the layer before. */
  private Moment lastComputed = Moment.START;

  LayerModel(Mapping mapping, Transfers transfers, Engines engines) {
    Accelerator accelerator = mapping.accelerator();
    this.mapping = mapping;
    this.engines = new LayerEngines(engines);
    this.channels = Channels.of(transfers);
    this.prefetch = accelerator.parameterMemory().prefetch();
    this.decodeCycles =
        Cycles.ofNanos(accelerator.invocation().layerOverheadNs(), accelerator.clockHz());
    this.firstPasses = new FirstPasses(this.engines, channels, staging, prefetch);
  }

  /**
   * What one layer comes to.
   *
   * @param startCycle when its first part begins
   * @param done when its results are there
   * @param arrayCycles how long it holds the cores
   */
  record Result(long startCycle, Moment done, long arrayCycles) {}

  /**
   * The next layer.
   *
   * @param index its position
   * @param passes how it is worked through
   * @param invocation when the stage's instructions are there
   * @param ready when its operands are
   */
  Result run(int index, Passes passes, Moment invocation, Moment ready) {
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    if (tiling.isView()) {
      Moment seen = engines.awaitTurn(Resource.ARRAY, ready, Cause.COMPUTE, index);
      return new Result(seen.cycle(), seen, 0);
    }
    engines.next();
    ArrayWork work = new ArrayWork(index, tiling, passes);
    Moment begun = engines.occupy(Resource.ARRAY, ready, decodeCycles, Cause.DECODE, index);
    Moment done = begun;
    for (int round = 0; round < passes.rounds(); round++) {
      Moment operands = round == 0 ? ready : Moment.START;
      done = round(work.afterRounds(round), passes.round(round), invocation, operands, begun);
    }
    return new Result(engines.startCycle(), done, decodeCycles + passes.coreCycles(tiling));
  }

  /** A round over the operands. */
  private Moment round(
      ArrayWork work, Passes passes, Moment invocation, Moment ready, Moment begun) {
    int index = work.layer();
    Tiling tiling = work.tiling();
    int count = passes.passes();
    Moment fetched = fetched(index, passes, ready);
    long exchange = passes.exchanges() == 0 ? 0 : ArrayWork.first(tiling.haloCycles(), 1, count);
    Moment exchanged =
        engines.occupy(
            Resource.NETWORK, begun.or(fetched), exchange, Cause.ACTIVATION_FETCH, index);
    FirstPass first = firstPasses.of(work, passes, invocation, fetched, exchanged, lastComputed);
    return count == 1 ? store(index, passes, first.computed()) : later(work, passes, first);
  }

  private Moment fetched(int index, Passes passes, Moment ready) {
    long part = channels.in(passes.bytesIn(), 1, passes.passes());
    Moment fetched =
        part == 0 ? Moment.START : engines.occupy(channels.in(), ready, part, Cause.DMA, index);
    long second = channels.in(passes.second().bytesIn(), 1, 1);
    return second == 0
        ? fetched
        : fetched.or(engines.occupy(channels.in(), ready, second, Cause.DMA, index));
  }

  private Moment store(int index, Passes passes, Moment computed) {
    computed(passes, computed);
    long cycles = channels.out(passes.bytesOut(), 1, 1);
    return engines.occupy(channels.out(), computed, cycles, Cause.DMA, index);
  }

  private Moment later(ArrayWork work, Passes passes, FirstPass first) {
    boolean stays = passes.order() == LoopOrder.WEIGHTS_OUTER;
    LaterPasses later =
        new LaterPasses(
            new PassWork(work, stays ? passes.withoutParameters() : passes, channels),
            prefetch,
            stays ? first.afterParameters() : first);
    Moment computed = later.computed();
    computed(passes, computed);
    engines.hold(Resource.NETWORK, later.wayBetween());
    engines.hold(channels.in(), later.wayIn());
    if (passes.bytesOut() == 0) {
      return computed;
    }
    Moment stored = later.stored(computed);
    engines.hold(channels.out(), stored);
    return stored;
  }

  private void computed(Passes passes, Moment computed) {
    engines.hold(Resource.ARRAY, computed);
    lastComputed = computed;
    boolean left = prefetch && passes.passes() == 1; // the pieces have said it in more detail
    if (passes.streamedBytes() > 0 && !left) {
      staging.used(staging.freeNext(), computed);
    }
  }
}
