package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Core;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The search for the best cut of one layer.
 *
 * <p>The candidates are the hardware's {@link Splits}; the least time wins, then the least traffic
 * between PEs, then the first. The time of a candidate is that of its busiest PE, whose tile has
 * ceil(rows / split) x ceil(columns / split) positions: what its cores take ({@link SimdTiming},
 * {@link SystolicTiming}) or its vector unit, and what its ports take.
 *
 * <p>It knows neither graph nor accelerator, so that what it finds holds wherever the same problem
 * meets the same hardware.
 */
final class TilingSearch {
  private static final Comparator<Tiling> LEAST_TIME_THEN_TRAFFIC =
      Comparator.comparingLong(Tiling::totalCycles)
          .thenComparingLong(Tiling::networkBytes)
          .thenComparingLong(Tiling::parameterReadBytes)
          .thenComparingLong(Tiling::peMemoryReadBytes);

  private final TilingHardware hardware;
  private final Splits splits;

  TilingSearch(TilingHardware hardware) {
    this.hardware = hardware;
    this.splits = Splits.of(hardware.grid());
  }

  /** All cuts that come into question, the best first. */
  List<Tiling> all(TilingProblem problem) {
    return splits(problem).stream()
        .map(split -> tiling(problem, split))
        .sorted(LEAST_TIME_THEN_TRAFFIC)
        .toList();
  }

  /** The first of the best. */
  Tiling best(TilingProblem problem) {
    List<Split> splits = splits(problem);
    Tiling best = tiling(problem, splits.getFirst());
    for (Split split : splits.subList(1, splits.size())) {
      Tiling other = tiling(problem, split);
      if (LEAST_TIME_THEN_TRAFFIC.compare(other, best) < 0) {
        best = other;
      }
    }
    return best;
  }

  private List<Split> splits(TilingProblem problem) {
    Geometry geometry = problem.geometry();
    return splits.candidates(
        problem.loops().map(LoopNest::rows).orElse(geometry.rows()),
        problem.loops().map(LoopNest::columns).orElse(geometry.columns()));
  }

  private Tiling tiling(TilingProblem problem, Split split) {
    return problem.loops().isPresent()
        ? multiplying(problem.loops().get(), problem, split)
        : elementwise(problem, split);
  }

  private Tiling multiplying(LoopNest nest, TilingProblem problem, Split split) {
    Geometry geometry = problem.geometry();
    int elementBytes = problem.elementBytes();
    Split used =
        split.used(
            nest.rows(), nest.columns(), nest.groups() == 1 ? nest.outputs() : nest.groups());
    long pes = used.parts(); // those that have a tile
    // Whole groups go to different PEs; a single group's outputs are shared out.
    long groups = nest.groups() == 1 ? 1 : Math.ceilDiv(nest.groups(), split.channels());
    long outputs =
        nest.groups() == 1 ? Math.ceilDiv(nest.outputs(), split.channels()) : nest.outputs();
    Optional<Window> window = geometry.window();
    MatrixTile tile =
        new MatrixTile(
            nest.repeats(),
            Math.ceilDiv(nest.rows(), split.rows()),
            Math.ceilDiv(nest.columns(), split.columns()),
            window.map(Window::kernelHeight).orElse(1),
            window.map(w -> (long) w.kernelWidth()).orElse(nest.area()),
            window.map(w -> Math.max(w.strideHeight(), w.strideWidth())).orElse(1),
            window.map(w -> w.dilationHeight() > 1 || w.dilationWidth() > 1).orElse(false),
            groups,
            nest.inputs(),
            outputs,
            elementBytes,
            problem.weightBytes(),
            problem.macCycles(),
            used.rows() * used.columns() > 1);
    MatrixTime time =
        switch (hardware.core()) {
          case Core.Simd simd ->
              new SimdTiming(simd, hardware.readBytesPerCycle(), hardware.lines()).time(tile);
          case Core.Systolic systolic ->
              new SystolicTiming(systolic, hardware.readBytesPerCycle(), hardware.lines())
                  .time(tile);
        };
    // A transposed convolution has more outputs than positions that its loops visit.
    long elements = geometry.rows() * geometry.columns() * geometry.channels();
    long written =
        Math.max(tile.positions() * nest.repeats() * groups * outputs, Math.ceilDiv(elements, pes))
            * elementBytes;
    long allWritten =
        Math.max(
                elements,
                nest.repeats() * nest.rows() * nest.columns() * nest.groups() * nest.outputs())
            * elementBytes;
    // Independent groups need their own channels of the region only.
    long regionBytes =
        Math.ceilDiv(regionBytes(geometry, elementBytes, split) * groups, nest.groups());
    // What is added lies like the output: the busiest PE's share of it, be it its own or not.
    long addedTile =
        problem.adds() ? tile.positions() * nest.repeats() * groups * outputs * elementBytes : 0;
    long added = problem.adds() ? elements * elementBytes : 0;
    long foreign =
        foreign(geometry, elementBytes, regionBytes)
            + Math.max(0, addedTile - Math.ceilDiv(added, hardware.grid().pes()));
    return new Tiling(
        used,
        time.arrayCycles(),
        0,
        time.activationCycles(),
        time.parameterCycles(),
        Math.ceilDiv(written, hardware.writeBytesPerCycle()),
        time.busyCycles(),
        time.waitingCycles(),
        networkCycles(foreign),
        time.activationBytes() * pes + added,
        allWritten,
        time.parameterBytes() * pes,
        foreign * pes,
        foreign,
        added / elementBytes,
        new Tiling.Adding(
            Math.ceilDiv(addedTile, hardware.readBytesPerCycle()),
            Math.ceilDiv(addedTile / elementBytes, hardware.elementsPerCycle())));
  }

  private Tiling elementwise(TilingProblem problem, Split split) {
    Geometry geometry = problem.geometry();
    VectorWork work = problem.vector();
    Split used = split.used(geometry.rows(), geometry.columns(), geometry.channels());
    long pes = used.parts();
    // The busiest PE's elements, of all there are.
    long tile =
        Math.ceilDiv(geometry.rows(), split.rows())
            * Math.ceilDiv(geometry.columns(), split.columns())
            * Math.ceilDiv(geometry.channels(), split.channels());
    long whole = geometry.rows() * geometry.columns() * geometry.channels();
    long operations = Geometry.share(work.operations(), tile, whole);
    long gathered = Geometry.share(work.gathered(), tile, whole);
    // A small operand that is broadcast adds its own bytes, not one for each element.
    long read = Geometry.share(work.readBytes(), tile, whole);
    long written = Geometry.share(work.writeBytes(), tile, whole);
    long regionBytes = regionBytes(geometry, problem.elementBytes(), split);
    long foreign = foreign(geometry, problem.elementBytes(), regionBytes / used.channels());
    long vectorCycles =
        Math.max(
            Math.ceilDiv(operations, hardware.elementsPerCycle()),
            Math.ceilDiv(4 * gathered, hardware.gatheredInFourCycles()));
    long readCycles = Math.ceilDiv(read, hardware.readBytesPerCycle());
    return new Tiling(
        used,
        0,
        vectorCycles,
        readCycles,
        0,
        Math.ceilDiv(written, hardware.writeBytesPerCycle()),
        Math.max(vectorCycles, readCycles),
        0,
        networkCycles(foreign),
        work.readBytes(),
        work.writeBytes(),
        0,
        foreign * pes,
        foreign,
        work.operations());
  }

  private static long regionBytes(Geometry geometry, int elementBytes, Split split) {
    return geometry.region(
            Math.ceilDiv(geometry.rows(), split.rows()),
            Math.ceilDiv(geometry.columns(), split.columns()))
        * elementBytes;
  }

  private long networkCycles(long bytes) {
    return hardware
        .network()
        .map(network -> Math.ceilDiv(bytes, network.bytesPerCycle()))
        .orElse(0L);
  }

  /** What of a region lies in other PEs: the input is spread evenly over all of them. */
  private long foreign(Geometry geometry, int elementBytes, long regionBytes) {
    long input =
        geometry.inputRows() * geometry.inputColumns() * geometry.inputChannels() * elementBytes;
    return Math.max(0, regionBytes - Math.ceilDiv(input, hardware.grid().pes()));
  }
}
