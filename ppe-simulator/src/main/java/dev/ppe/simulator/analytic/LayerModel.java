package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.analytic.LaterPasses.FirstPass;
import dev.ppe.simulator.compile.LoopOrder;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;

/**
 * One layer on the accelerator: decode, fetch operands, exchange them, fetch parameters, compute,
 * store, each on its engine as soon as that is free and what it needs is there. Pieces of
 * parameters ({@link PrefetchedPieces}) and blocks of operands ({@link LaterPasses}) are summed up
 * in closed form, so the work for a layer does not depend on its size.
 */
final class LayerModel {
  private final Mapping mapping;
  private final Engines engines;
  private final Channels channels;
  private final boolean prefetch;
  private final long decodeCycles;
  private final Staging staging = new Staging();

  /** When the cores were done with the layer before. */
  private Moment lastComputed = Moment.START;

  /** When the layer at hand first holds an engine. */
  private long startCycle;

  LayerModel(Mapping mapping, Transfers transfers, Engines engines) {
    Accelerator accelerator = mapping.accelerator();
    this.mapping = mapping;
    this.engines = engines;
    this.channels = Channels.of(transfers);
    this.prefetch = accelerator.parameterMemory().prefetch();
    this.decodeCycles =
        Cycles.ofNanos(accelerator.invocation().layerOverheadNs(), accelerator.clockHz());
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
      Moment seen = engines.occupy(Resource.ARRAY, ready, 0, Cause.COMPUTE, index);
      return new Result(seen.cycle(), seen, 0);
    }
    startCycle = Long.MAX_VALUE;
    ArrayWork work = new ArrayWork(index, tiling, passes);
    Moment begun = occupy(Resource.ARRAY, ready, decodeCycles, Cause.DECODE, index);
    Moment done = begun;
    for (int round = 0; round < passes.rounds(); round++) {
      Moment operands = round == 0 ? ready : Moment.START;
      done = round(work.afterRounds(round), passes.round(round), invocation, operands, begun);
    }
    return new Result(startCycle, done, decodeCycles + passes.coreCycles(tiling));
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
        occupy(Resource.NETWORK, begun.or(fetched), exchange, Cause.ACTIVATION_FETCH, index);
    FirstPass first = firstPass(work, passes, invocation, fetched, exchanged);
    return count == 1 ? store(index, passes, first.computed()) : later(work, passes, first);
  }

  private Moment fetched(int index, Passes passes, Moment ready) {
    long part = channels.in(passes.bytesIn(), 1, passes.passes());
    Moment fetched =
        part == 0 ? Moment.START : occupy(channels.in(), ready, part, Cause.DMA, index);
    long second = channels.in(passes.second().bytesIn(), 1, 1);
    return second == 0
        ? fetched
        : fetched.or(occupy(channels.in(), ready, second, Cause.DMA, index));
  }

  private FirstPass firstPass(
      ArrayWork work, Passes passes, Moment invocation, Moment fetched, Moment exchanged) {
    long second = work.tiling().loading().networkCycles();
    if (passes.streamedBytes() == 0 && second > 0) {
      return broughtInPieces(work, passes, fetched, exchanged);
    }
    Moment brought =
        occupy(Resource.NETWORK, exchanged, second, Cause.ACTIVATION_FETCH, work.layer());
    return passes.streamedBytes() > 0 && prefetch
        ? prefetched(work, passes, invocation, fetched, brought)
        : fetchedInTurn(work, passes, invocation, fetched, brought);
  }

  /** A second factor from other PEs, the next piece while the cores use the last. */
  private FirstPass broughtInPieces(
      ArrayWork work, Passes passes, Moment fetched, Moment exchanged) {
    long all = work.tiling().loading().networkCycles();
    PrefetchedPieces pieces =
        new PrefetchedPieces(
            work,
            (start, from, to) ->
                start.after(
                    ArrayWork.first(all, to, passes.pieces())
                        - ArrayWork.first(all, from, passes.pieces()),
                    Cause.ACTIVATION_FETCH,
                    work.layer()),
            passes.pieces(),
            new Staging(),
            exchanged.or(engines.free(Resource.NETWORK)),
            exchanged.or(engines.free(Resource.ARRAY)));
    startCycle = Math.min(startCycle, pieces.startCycle());
    engines.hold(Resource.NETWORK, pieces.lastThere());
    return firstPass(fetched, pieces.lastThere(), exchanged, pieces.firstUsed(), pieces.allUsed());
  }

  private FirstPass prefetched(
      ArrayWork work, Passes passes, Moment invocation, Moment fetched, Moment exchanged) {
    long bytes = passes.streamedBytes();
    int count = passes.pieces();
    PrefetchedPieces.Way way =
        (start, from, to) ->
            start.after(
                channels.in(bytes, to, count) - channels.in(bytes, from, count),
                Cause.PARAMETER_FETCH,
                work.layer());
    Moment begun = invocation.or(engines.free(channels.in()));
    Moment operands = exchanged.or(engines.free(Resource.ARRAY));
    if (passes.order() == LoopOrder.WEIGHTS_OUTER) {
      Moment start = begun.or(staging.free());
      startCycle = Math.min(startCycle, start.cycle());
      StayingPieces pieces = StayingPieces.of(work, way, count, start, operands);
      engines.hold(channels.in(), pieces.lastThere());
      return firstPass(
          fetched, exchanged, pieces.lastThere(), pieces.firstUsed(), pieces.allUsed());
    }
    PrefetchedPieces pieces = new PrefetchedPieces(work, way, count, staging, begun, operands);
    startCycle = Math.min(startCycle, pieces.startCycle());
    pieces.leave(staging);
    engines.hold(channels.in(), pieces.lastThere());
    return firstPass(fetched, exchanged, pieces.lastThere(), pieces.firstUsed(), pieces.allUsed());
  }

  private FirstPass fetchedInTurn(
      ArrayWork work, Passes passes, Moment invocation, Moment fetched, Moment exchanged) {
    Moment room = exchanged.or(lastComputed).or(invocation).or(staging.allFree());
    long cycles = passes.streamedBytes() == 0 ? 0 : channels.in(passes.streamedBytes());
    Moment staged =
        cycles == 0
            ? exchanged
            : occupy(channels.in(), room, cycles, Cause.PARAMETER_FETCH, work.layer());
    Moment start = staged.or(engines.free(Resource.ARRAY));
    startCycle = Math.min(startCycle, start.cycle());
    return firstPass(
        fetched, exchanged, staged, work.then(start, 0, 1), work.then(start, 0, passes.pieces()));
  }

  /** A part of a layer that may be missing: then nothing waits for its engine. */
  private Moment occupy(Resource resource, Moment ready, long cycles, Cause cause, int layer) {
    if (cycles == 0) {
      return ready;
    }
    Moment end = engines.occupy(resource, ready, cycles, cause, layer);
    startCycle = Math.min(startCycle, end.cycle() - cycles);
    return end;
  }

  private FirstPass firstPass(
      Moment fetched, Moment exchanged, Moment staged, Moment begun, Moment computed) {
    Moment out = computed.or(engines.free(channels.out()));
    return new FirstPass(fetched, exchanged, staged, begun, computed, out);
  }

  private Moment store(int index, Passes passes, Moment computed) {
    computed(passes, computed);
    long cycles = channels.out(passes.bytesOut(), 1, 1);
    return occupy(channels.out(), computed, cycles, Cause.DMA, index);
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
