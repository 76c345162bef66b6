package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.analytic.LaterPasses.FirstPass;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.job.LoopOrder;

/**
 * The first pass of a layer over its operands: a second factor from other PEs comes in pieces, or
 * parameters do while the cores use those before ({@link PrefetchedPieces}, {@link StayingPieces}),
 * or all of them before the cores begin.
 */
final class FirstPasses {
  private final LayerEngines engines;
  private final Channels channels;
  private final Staging staging;
  private final boolean prefetch;

  FirstPasses(LayerEngines engines, Channels channels, Staging staging, boolean prefetch) {
    this.engines = engines;
    this.channels = channels;
    this.staging = staging;
    this.prefetch = prefetch;
  }

  /**
   * The next layer's.
   *
   * @param work of the cores
   * @param passes how the layer is worked through
   * @param invocation when the stage's instructions are there
   * @param fetched when operands are there; the start if none come
   * @param exchanged when the PEs have exchanged them
   * @param lastComputed when the cores were done with what came before
   */
  FirstPass of(
      ArrayWork work,
      Passes passes,
      Moment invocation,
      Moment fetched,
      Moment exchanged,
      Moment lastComputed) {
    long second = work.tiling().loading().networkCycles();
    if (passes.streamedBytes() == 0 && second > 0) {
      return broughtInPieces(work, passes, fetched, exchanged);
    }
    Moment brought =
        engines.occupy(Resource.NETWORK, exchanged, second, Cause.ACTIVATION_FETCH, work.layer());
    return passes.streamedBytes() > 0 && prefetch
        ? prefetched(work, passes, invocation, fetched, brought)
        : fetchedInTurn(work, passes, lastComputed.or(invocation), fetched, brought);
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
    engines.held(pieces.startCycle());
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
      engines.held(start.cycle());
      StayingPieces pieces = StayingPieces.of(work, way, count, start, operands);
      engines.hold(channels.in(), pieces.lastThere());
      return firstPass(
          fetched, exchanged, pieces.lastThere(), pieces.firstUsed(), pieces.allUsed());
    }
    PrefetchedPieces pieces = new PrefetchedPieces(work, way, count, staging, begun, operands);
    engines.held(pieces.startCycle());
    pieces.leave(staging);
    engines.hold(channels.in(), pieces.lastThere());
    return firstPass(fetched, exchanged, pieces.lastThere(), pieces.firstUsed(), pieces.allUsed());
  }

  private FirstPass fetchedInTurn(
      ArrayWork work, Passes passes, Moment earliest, Moment fetched, Moment exchanged) {
    Moment room = exchanged.or(earliest).or(staging.allFree());
    long cycles = passes.streamedBytes() == 0 ? 0 : channels.in(passes.streamedBytes());
    Moment staged =
        cycles == 0
            ? exchanged
            : engines.occupy(channels.in(), room, cycles, Cause.PARAMETER_FETCH, work.layer());
    Moment start = staged.or(engines.free(Resource.ARRAY));
    engines.held(start.cycle());
    return firstPass(
        fetched, exchanged, staged, work.then(start, 0, 1), work.then(start, 0, passes.pieces()));
  }

  private FirstPass firstPass(
      Moment fetched, Moment exchanged, Moment staged, Moment begun, Moment computed) {
    Moment out = computed.or(engines.free(channels.out()));
    return new FirstPass(fetched, exchanged, staged, begun, computed, out);
  }
}
