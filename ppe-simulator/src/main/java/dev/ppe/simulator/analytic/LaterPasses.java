package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Passes;

/**
 * The passes after the first of a layer whose operands do not fit. In each a block comes in (F), is
 * exchanged (X), its weights come (P), the cores work (C), and results go out (S). Blocks lie in
 * memories for two, so F waits for the C two passes before, and C for the S two before; where
 * parameters are not prefetched, P waits for the C before. All keep their order on their engines,
 * and where there is one channel for both ways, S also comes before the next P and the next but one
 * F.
 *
 * <p>Passes are equal, so the longest path over {@code n} of them is a path of the first pass and
 * then, over and over, one of the circuits in {@link #candidates}. A circuit that spans two passes
 * counts for every second one.
 */
final class LaterPasses {
  private final ArrayWork work;
  private final Passes passes;
  private final Channels channels;
  private final boolean prefetch;
  private final long networkCycles;
  private final FirstPass first;

  /**
   * When the parts of the first pass ended.
   *
   * @param fetched its operands were there
   * @param exchanged the PEs had exchanged them
   * @param staged its parameters were there, the last piece of them
   * @param computed the cores were done
   */
  record FirstPass(Moment fetched, Moment exchanged, Moment staged, Moment computed) {}

  LaterPasses(ArrayWork work, Passes passes, Channels channels, boolean prefetch, FirstPass first) {
    this.work = work;
    this.passes = passes;
    this.channels = channels;
    this.prefetch = prefetch;
    this.networkCycles = work.tiling().networkCycles();
    this.first = first;
  }

  /** When the cores are done with the last pass. */
  Moment computed() {
    Moment latest = Moment.START;
    for (Moment candidate : candidates()) {
      latest = latest.or(candidate);
    }
    return latest;
  }

  private Moment[] candidates() {
    boolean streams = passes.streamedBytes() > 0;
    boolean waits = streams && !prefetch;
    Moment cores = work.then(first.computed(), passes.pieces(), passes.steps());
    Moment network = networkCycles == 0 ? Moment.START : lastPass(exchanges(first.exchanged()));
    Moment results = resultsHoldUpCores(waits);
    if (waits) {
      Moment channel = parameters(fetches(stores(first.staged(), sharedStores(count() - 1))));
      Moment inTurn = parameters(stores(first.computed(), sharedStores(count() - 1)));
      Moment exchanged = exchanges(parameters(fetches(first.staged())));
      return new Moment[] {
        cores,
        network,
        results,
        lastPass(channel),
        work.then(inTurn, passes.pieces(), passes.steps()),
        lastPass(exchanged)
      };
    }
    return new Moment[] {cores, network, results, operands(), everySecondPass(), pieces(streams)};
  }

  private int count() {
    return passes.passes();
  }

  /** Operands come one after the other, and between them, on the same channel, results go. */
  private Moment operands() {
    if (passes.bytesIn() == 0) {
      return Moment.START;
    }
    Moment last = stores(fetches(first.fetched()), sharedStores(count() - 2));
    return lastPass(last.after(lastExchange(), Cause.ACTIVATION_FETCH, work.layer()));
  }

  /** A block's operands come when the cores are done with those two passes before. */
  private Moment everySecondPass() {
    if (passes.bytesIn() == 0) {
      return Moment.START;
    }
    int later = count() - 1;
    int turns = later / 2;
    Moment done =
        first
            .computed()
            .after(share(fetchCycles(), turns, later), Cause.DMA, work.layer())
            .after(share(sharedStores(later), turns, later), Cause.DMA, work.layer())
            .after(share(exchangeCycles(), turns, later), Cause.ACTIVATION_FETCH, work.layer());
    int passesOfCores = turns + later % 2;
    return work.then(done, passes.steps() - passesOfCores * passes.pieces(), passes.steps());
  }

  private static long share(long cycles, int part, int whole) {
    return Math.multiplyExact(cycles, part) / whole;
  }

  /** Results that went out two passes before make room for those of the cores. */
  private Moment resultsHoldUpCores(boolean waits) {
    if (passes.bytesOut() == 0 || count() < 3) {
      return Moment.START;
    }
    Moment room = stores(first.computed(), storeCycles(count() - 2));
    return lastPass(waits ? room.after(ofPass(), Cause.PARAMETER_FETCH, work.layer()) : room);
  }

  /** Prefetched pieces come one after the other; on a shared channel after a pass's results. */
  private Moment pieces(boolean streams) {
    if (!streams) {
      return Moment.START;
    }
    int later = count() - 1;
    long stores = sharedStores(later);
    Moment channel = parameters(fetches(stores(first.staged(), stores)));
    Moment oneByOne = work.then(channel, passes.steps() - 1, passes.steps());
    if (stores == 0) {
      return oneByOne;
    }
    Moment stored = stores(first.computed(), stores);
    long firstPieces =
        Math.multiplyExact(later, channels.in(passes.streamedBytes(), 1, passes.pieces()));
    return oneByOne
        .or(work.then(parameters(stored), passes.steps() - later, passes.steps()))
        .or(
            work.then(
                stored.after(firstPieces, Cause.PARAMETER_FETCH, work.layer()),
                passes.pieces(),
                passes.steps()));
  }

  /** When all results are out: the last follow {@code computed}, on a channel {@code free} then. */
  Moment stored(Moment computed, Moment free) {
    long all = storeCycles(count());
    long butLast = storeCycles(count() - 1);
    Moment before = stores(first.computed(), butLast);
    Moment between =
        channels.shared() && passes.bytesIn() > 0
            ? stores(fetches(first.fetched()), butLast)
            : before;
    Moment begin = computed.or(before).or(between).or(free);
    return stores(begin, all - butLast);
  }

  /** Up to when the way in is busy, at the least. */
  Moment wayIn() {
    return parameters(fetches(first.staged().or(first.fetched())));
  }

  /** Up to when the network is busy, at the least. */
  Moment network() {
    return exchanges(first.exchanged());
  }

  private Moment lastPass(Moment start) {
    return work.then(start, passes.steps() - passes.pieces(), passes.steps());
  }

  private Moment fetches(Moment start) {
    return start.after(fetchCycles(), Cause.DMA, work.layer());
  }

  private long fetchCycles() {
    return channels.in(passes.bytesIn(), count(), count())
        - channels.in(passes.bytesIn(), 1, count());
  }

  private Moment exchanges(Moment start) {
    return start.after(exchangeCycles(), Cause.ACTIVATION_FETCH, work.layer());
  }

  private long exchangeCycles() {
    return networkCycles - ArrayWork.first(networkCycles, 1, count());
  }

  private long lastExchange() {
    return networkCycles / count();
  }

  private Moment parameters(Moment start) {
    long cycles = passes.streamedBytes() == 0 ? 0 : Math.multiplyExact(count() - 1, ofPass());
    return start.after(cycles, Cause.PARAMETER_FETCH, work.layer());
  }

  /** The parameters of one pass. */
  private long ofPass() {
    return prefetch
        ? channels.in(passes.streamedBytes(), passes.pieces(), passes.pieces())
        : channels.in(passes.streamedBytes());
  }

  private Moment stores(Moment start, long cycles) {
    return start.after(cycles, Cause.DMA, work.layer());
  }

  /** The first {@code passesOut} passes' results. */
  private long storeCycles(int passesOut) {
    return channels.out(passes.bytesOut(), passesOut, count());
  }

  /** The same where they take the channel that operands and parameters take. */
  private long sharedStores(int passesOut) {
    return channels.shared() ? storeCycles(passesOut) : 0;
  }
}
