package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.MatrixTime;
import dev.ppe.simulator.block.ProcessingElement;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.VectorWork;

/**
 * What a layer comes to that is cut in a certain way. Its time is that of its busiest PE, whose
 * tile has ceil(rows / split) x ceil(columns / split) positions: what the blocks there take, each
 * of which is asked.
 */
record TilingCosts(ProcessingElement pe) {
  /** The cut with its times and traffic. */
  Tiling of(TilingProblem problem, TileWork work) {
    return work.matrix().isPresent()
        ? multiplying(problem, work, work.matrix().get())
        : elementwise(problem, work);
  }

  private Tiling multiplying(TilingProblem problem, TileWork work, MatrixTile tile) {
    LoopNest nest = problem.loops().orElseThrow();
    Geometry geometry = problem.geometry();
    int elementBytes = problem.elementBytes();
    long pes = work.split().parts(); // those that have a tile
    MatrixTime time = pe.cores().time(tile);
    // A transposed convolution has more outputs than positions that its loops visit.
    long elements = geometry.rows() * geometry.columns() * geometry.channels();
    long made = nest.repeats() * nest.rows() * nest.columns() * nest.groups() * nest.outputs();
    long added = problem.adds() ? elements * elementBytes : 0;
    return new Tiling(
        work.split(),
        new TileTimes(
            time.arrayCycles(),
            0,
            time.activationCycles(),
            time.parameterCycles(),
            pe.ports().writeCycles(work.resultBytes() + time.sumBytes()),
            time.busyCycles(),
            time.waitingCycles(),
            pe.network().cycles(work.haloBytes())
                + pe.network().cycles(work.second().foreignBytes())),
        new TileTraffic(
            (time.activationBytes() + time.sumBytes()) * pes + added,
            Math.max(elements, made) * elementBytes + time.sumBytes() * pes,
            time.parameterBytes() * pes,
            work.foreignBytes() * pes,
            work.foreignBytes(),
            added / elementBytes),
        new Adding(
            pe.ports().readCycles(work.addedBytes()),
            pe.vectorUnit().elementCycles(work.addedElements())),
        loading(work.second(), pes),
        tile.onCores());
  }

  private Loading loading(TileWork.Second second, long pes) {
    return second.equals(TileWork.Second.NONE)
        ? Loading.NONE
        : new Loading(
            second.pieces(),
            pe.ports().readCycles(second.ownBytes()),
            pe.network().cycles(second.foreignBytes()),
            second.ownBytes() * pes,
            second.foreignBytes() * pes);
  }

  private Tiling elementwise(TilingProblem problem, TileWork work) {
    VectorWork share = work.vector();
    long pes = work.split().parts();
    long vectorCycles = pe.vectorUnit().cycles(share);
    long readCycles = pe.ports().readCycles(share.readBytes());
    return new Tiling(
        work.split(),
        new TileTimes(
            0,
            vectorCycles,
            readCycles,
            0,
            pe.ports().writeCycles(work.resultBytes()),
            Math.max(vectorCycles, readCycles),
            0,
            pe.network().cycles(work.foreignBytes())),
        new TileTraffic(
            problem.vector().readBytes(),
            problem.vector().writeBytes(),
            0,
            work.foreignBytes() * pes,
            work.foreignBytes(),
            problem.vector().operations()));
  }
}
