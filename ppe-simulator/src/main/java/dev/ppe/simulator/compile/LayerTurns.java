package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.LoopOrder;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The instructions of one layer, turn by turn: for each pass of each round operands in, exchange
 * between PEs, weights to the cores, compute, results out. Weights, and a second factor that is an
 * activation, come piece by piece.
 */
final class LayerTurns {
  private final int index;
  private final Tiling tiling;
  private final TileWork tile;
  private final Passes work;
  private final LayerTransfers moves;
  private final ProgramBuilder program;
  private final StagedParameters staged;
  private final CoreScheduler cores;

  /** The latest two steps of the cores: a piece of a second factor needs the room of the former. */
  private int computed = NONE;

  private int stepBefore = NONE;

  LayerTurns(
      int index,
      Tiling tiling,
      TileWork tile,
      LayerTransfers moves,
      Mapping mapping,
      ProgramBuilder program,
      StagedParameters staged) {
    this.index = index;
    this.tiling = tiling;
    this.tile = tile;
    this.work = mapping.passes(index);
    this.moves = moves;
    this.program = program;
    this.staged = staged;
    Job.Computing computing = tile.job(work.second().times());
    this.cores = new CoreScheduler(index, tiling, work, tile, computing, program);
  }

  /**
   * Adds them.
   *
   * @param invocation the instruction after which the stage's program is there
   * @param ready what must have ended for the operands to be there
   * @param dispatched what must have for the PEs to begin; later passes come after it anyway
   * @return the instruction after which the results are there
   */
  int schedule(int invocation, Set<Integer> ready, Set<Integer> dispatched) {
    int turns = work.turns();
    Set<Integer> begin = dispatched;
    int fetched = moves.fetch(0, ready);
    int fetchedSecond = moves.fetchSecond(0, ready);
    int stored = NONE;
    int storedBefore = NONE;
    for (int turn = 0; turn < turns; turn++) {
      Set<Integer> there = new LinkedHashSet<>(begin);
      there.add(fetched);
      Set<Integer> factor = new LinkedHashSet<>(begin);
      factor.add(fetchedSecond);
      Set<Integer> operands = exchange(turn, there);
      operands.add(storedBefore); // it freed the buffer that this pass's results go to
      int before = computed; // it freed the buffer that the next pass's operands come to
      steps(turn, invocation, operands, factor);
      if (turn + 1 < turns) {
        fetched = moves.fetch(turn + 1, after(before));
        fetchedSecond = moves.fetchSecond(turn + 1, after(before));
      }
      storedBefore = stored;
      stored = moves.store(turn, after(computed));
      begin = Set.of();
    }
    staged.done(computed);
    return stored == NONE ? computed : stored;
  }

  /** What the cores do in a pass, piece by piece. */
  private void steps(int turn, int invocation, Set<Integer> there, Set<Integer> factor) {
    boolean streams = work.streamsIn(turn % work.passes());
    boolean whole = streams && !staged.prefetch();
    Set<Integer> operands =
        whole ? after(moves.stage(turn, 0, 1, staged.room(invocation, there))) : there;
    boolean stays = work.order() == LoopOrder.WEIGHTS_OUTER;
    for (int piece = 0; piece < work.pieces(); piece++) {
      Set<Integer> inPlace = new LinkedHashSet<>(operands);
      if (streams && !whole) {
        Set<Integer> room = staged.room(invocation, there);
        inPlace.add(moves.stage(turn, piece, work.pieces(), room));
      }
      inPlace.addAll(bring(turn, piece, factor));
      int done = cores.step(turn * work.pieces() + piece, inPlace);
      stepBefore = computed;
      computed = done;
      if (streams && !stays) {
        staged.used(computed);
      }
    }
    boolean endsRound = (turn + 1) % work.passes() == 0;
    if (work.streamedBytes() > 0 && stays && endsRound) {
      staged.used(computed);
    }
  }

  /** PEs take from each other what they need of a pass's operands. */
  private Set<Integer> exchange(int turn, Set<Integer> there) {
    if (tiling.haloCycles() == 0 || turn >= work.exchanges() * work.passes()) {
      return there;
    }
    int pass = turn % work.passes();
    long bytes = tiling.networkBytes() - tiling.loading().networkBytes();
    return after(take(bytes, tile.haloBytes(), Job.Part.of(pass, work.passes()), there));
  }

  /** A piece of a second factor comes from other PEs, while the cores use the one before. */
  private Set<Integer> bring(int turn, int piece, Set<Integer> there) {
    Loading loading = tiling.loading();
    if (loading.pieces() == 0 || turn >= work.second().times()) {
      return Set.of();
    }
    if (loading.networkCycles() == 0) {
      return there;
    }
    Set<Integer> room = new LinkedHashSet<>(there);
    room.add(stepBefore);
    return after(
        take(
            loading.networkBytes(),
            tile.second().foreignBytes(),
            Job.Part.of(piece, work.pieces()),
            room));
  }

  private int take(long bytes, long ofPe, Job.Part part, Set<Integer> after) {
    Work exchange = new Work.Exchange(part.share(bytes), new Job.Take(ofPe), part);
    return program.add(index, exchange, Cause.ACTIVATION_FETCH, after);
  }
}
