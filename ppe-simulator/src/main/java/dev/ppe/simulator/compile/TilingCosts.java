package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Core;

/**
 * What a layer comes to that is cut in a certain way. Its time is that of its busiest PE, whose
 * tile has ceil(rows / split) x ceil(columns / split) positions: what its cores take ({@link
 * SimdTiming}, {@link SystolicTiming}) or its vector unit, and what its ports take.
 */
record TilingCosts(TilingHardware hardware) {
  /** The cut with its times and traffic. */
  Tiling of(TilingProblem problem, TileWork work) {
    return work.matrix().isPresent()
        ? multiplying(problem, work, work.matrix().get())
        : elementwise(problem, work);
  }

  /** The timing of SIMD cores behind the hardware's ports. */
  SimdTiming simd(Core.Simd simd) {
    return new SimdTiming(
        simd, hardware.readBytesPerCycle(), hardware.writeBytesPerCycle(), hardware.lines());
  }

  private Tiling multiplying(TilingProblem problem, TileWork work, MatrixTile tile) {
    LoopNest nest = problem.loops().orElseThrow();
    Geometry geometry = problem.geometry();
    int elementBytes = problem.elementBytes();
    long pes = work.split().parts(); // those that have a tile
    MatrixTime time =
        switch (hardware.core()) {
          case Core.Simd simd -> simd(simd).time(tile);
          case Core.Systolic systolic ->
              new SystolicTiming(systolic, hardware.readBytesPerCycle(), hardware.lines())
                  .time(tile);
        };
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
            Math.ceilDiv(work.resultBytes() + time.sumBytes(), hardware.writeBytesPerCycle()),
            time.busyCycles(),
            time.waitingCycles(),
            networkCycles(work.haloBytes()) + networkCycles(work.second().foreignBytes())),
        new TileTraffic(
            (time.activationBytes() + time.sumBytes()) * pes + added,
            Math.max(elements, made) * elementBytes + time.sumBytes() * pes,
            time.parameterBytes() * pes,
            work.foreignBytes() * pes,
            work.foreignBytes(),
            added / elementBytes),
        new Adding(
            Math.ceilDiv(work.addedBytes(), hardware.readBytesPerCycle()),
            Math.ceilDiv(work.addedElements(), hardware.elementsPerCycle())),
        loading(work.second(), pes),
        tile.onCores());
  }

  private Loading loading(TileWork.Second second, long pes) {
    return second.equals(TileWork.Second.NONE)
        ? Loading.NONE
        : new Loading(
            second.pieces(),
            Math.ceilDiv(second.ownBytes(), hardware.readBytesPerCycle()),
            networkCycles(second.foreignBytes()),
            second.ownBytes() * pes,
            second.foreignBytes() * pes);
  }

  private Tiling elementwise(TilingProblem problem, TileWork work) {
    VectorWork share = work.vector();
    long pes = work.split().parts();
    long vectorCycles =
        Math.max(
            Math.ceilDiv(share.operations(), hardware.elementsPerCycle()),
            Math.ceilDiv(4 * share.gathered(), hardware.gatheredInFourCycles()));
    long readCycles = Math.ceilDiv(share.readBytes(), hardware.readBytesPerCycle());
    return new Tiling(
        work.split(),
        new TileTimes(
            0,
            vectorCycles,
            readCycles,
            0,
            Math.ceilDiv(work.resultBytes(), hardware.writeBytesPerCycle()),
            Math.max(vectorCycles, readCycles),
            0,
            networkCycles(work.foreignBytes())),
        new TileTraffic(
            problem.vector().readBytes(),
            problem.vector().writeBytes(),
            0,
            work.foreignBytes() * pes,
            work.foreignBytes(),
            problem.vector().operations()));
  }

  private long networkCycles(long bytes) {
    return hardware
        .network()
        .map(network -> Math.ceilDiv(bytes, network.bytesPerCycle()))
        .orElse(0L);
  }
}
