package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.Core;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Phase 3: how each layer's output is cut over the PEs.
 *
 * <p>All ways to write the number of PEs as rows x columns x channels are tried; the least time
 * wins, then the least traffic between PEs, then the first in that order. The time of a candidate
 * is that of its busiest PE, whose tile has ceil(rows / split) x ceil(columns / split) positions:
 *
 * <ul>
 *   <li><b>array</b>: positions x kernel x ceil(inputs / MACs per lane) x passes over the lanes.
 *       Groups narrower than the lanes stand side by side on them.
 *   <li><b>activation fetch</b>: a word goes to all lanes of its group at once, so a regular
 *       convolution reads one word a cycle, while every channel of a depthwise one needs a byte of
 *       its own: the port's width, not the lanes, sets its pace.
 *   <li><b>parameter fetch</b>: a line of weights serves as many positions as a lane has
 *       accumulators.
 *   <li><b>output</b>: a byte for each element.
 *   <li><b>network</b>: the tile's input region, halo included, less the PE's own share of the
 *       input.
 * </ul>
 */
final class Tiler {
  private static final Comparator<Tiling> LEAST_TIME_THEN_TRAFFIC =
      Comparator.comparingLong(Tiling::totalCycles)
          .thenComparingLong(Tiling::networkBytes)
          .thenComparingLong(Tiling::parameterReadBytes)
          .thenComparingLong(Tiling::peMemoryReadBytes);

  private final Accelerator accelerator;
  private final List<int[]> splits;

  Tiler(Accelerator accelerator) {
    this.accelerator = accelerator;
    this.splits = splits(accelerator.grid().pes());
  }

  private static List<int[]> splits(int pes) {
    List<int[]> result = new ArrayList<>();
    for (int rows = pes; rows >= 1; rows--) {
      for (int columns = pes / rows; columns >= 1; columns--) {
        if (pes % rows == 0 && pes / rows % columns == 0) {
          result.add(new int[] {rows, columns, pes / rows / columns});
        }
      }
    }
    return result;
  }

  /** The best cut of a layer that the accelerator runs. */
  Tiling tile(Graph graph, Layer layer) {
    Node node = graph.nodes().get(layer.main());
    Optional<LoopNest> loops = LoopNest.of(graph, node);
    VectorWork vector = loops.isPresent() ? VectorWork.NONE : VectorWork.of(graph, node);
    if (loops.isEmpty() && vector.writeBytes() == 0) {
      return Tiling.VIEW;
    }
    Geometry geometry = Geometry.of(graph, node);
    int elementBytes =
        Math.max(1, graph.tensor(node.outputs().getFirst()).type().bits() / Byte.SIZE);
    return splits.stream()
        .map(
            split ->
                loops
                    .map(nest -> multiplying(nest, geometry, elementBytes, split))
                    .orElseGet(() -> elementwise(vector, geometry, elementBytes, split)))
        .min(LEAST_TIME_THEN_TRAFFIC) // the first among equals
        .orElseThrow();
  }

  private Tiling multiplying(LoopNest nest, Geometry geometry, int elementBytes, int[] split) {
    Core core = accelerator.core();
    int[] used = {
      parts(nest.rows(), split[0]),
      parts(nest.columns(), split[1]),
      parts(nest.groups() == 1 ? nest.outputs() : nest.groups(), split[2])
    };
    long pes = (long) used[0] * used[1] * used[2]; // those that have a tile
    long positions = Math.ceilDiv(nest.rows(), split[0]) * Math.ceilDiv(nest.columns(), split[1]);
    long taps = positions * nest.area() * nest.repeats();
    // Whole groups go to different PEs; a single group's outputs are shared out.
    long groups = nest.groups() == 1 ? 1 : Math.ceilDiv(nest.groups(), split[2]);
    long outputs = nest.groups() == 1 ? Math.ceilDiv(nest.outputs(), split[2]) : nest.outputs();
    long words = Math.ceilDiv(nest.inputs(), core.macsPerLane());
    long passes = Math.ceilDiv(outputs, core.lanesPerPe());
    long sideBySide = Math.clamp(core.lanesPerPe() / outputs, 1L, groups);
    long steps = Math.ceilDiv(groups, sideBySide) * words * passes;

    long wordBytes = Math.min(nest.inputs(), core.macsPerLane()) * elementBytes;
    long fetched = taps * groups * words * passes * wordBytes;
    long refills = nest.repeats() * Math.ceilDiv(positions, core.accumulators());
    long lines = nest.area() * steps * refills;
    long lineBytes = (long) core.lanesPerPe() * core.macsPerLane();
    // A transposed convolution has more outputs than positions that its loops visit.
    long elements = geometry.rows() * geometry.columns() * geometry.channels();
    long written =
        Math.max(positions * nest.repeats() * groups * outputs, Math.ceilDiv(elements, pes))
            * elementBytes;
    long allWritten =
        Math.max(
                elements,
                nest.repeats() * nest.rows() * nest.columns() * nest.groups() * nest.outputs())
            * elementBytes;
    // Independent groups need their own channels of the region only.
    long regionBytes =
        Math.ceilDiv(regionBytes(geometry, elementBytes, split) * groups, nest.groups());
    long foreign = foreign(geometry, elementBytes, regionBytes);
    return new Tiling(
        used[0],
        used[1],
        used[2],
        taps * steps,
        0,
        Math.ceilDiv(fetched, accelerator.peMemory().readBytesPerCycle()),
        lines * Math.ceilDiv(lineBytes, accelerator.parameterMemory().bytesPerCycle()),
        Math.ceilDiv(written, accelerator.peMemory().writeBytesPerCycle()),
        Math.ceilDiv(foreign, accelerator.network().bytesPerCycle()),
        fetched * pes,
        allWritten,
        lines * lineBytes * pes,
        foreign * pes,
        foreign,
        0);
  }

  /** Parts that a dimension falls into when each is ceil(size / split): no more than it is long. */
  private static int parts(long size, int split) {
    return Math.toIntExact(Math.ceilDiv(size, Math.ceilDiv(size, split)));
  }

  private Tiling elementwise(VectorWork work, Geometry geometry, int elementBytes, int[] split) {
    int[] used = {
      parts(geometry.rows(), split[0]),
      parts(geometry.columns(), split[1]),
      parts(geometry.channels(), split[2])
    };
    long pes = (long) used[0] * used[1] * used[2];
    // The busiest PE's elements, of all there are.
    long tile =
        Math.ceilDiv(geometry.rows(), split[0])
            * Math.ceilDiv(geometry.columns(), split[1])
            * Math.ceilDiv(geometry.channels(), split[2]);
    long whole = geometry.rows() * geometry.columns() * geometry.channels();
    long operations = Math.ceilDiv(work.operations(), whole) * tile;
    long read = Math.ceilDiv(work.readBytes(), whole) * tile;
    long written = Math.ceilDiv(work.writeBytes(), whole) * tile;
    long regionBytes = regionBytes(geometry, elementBytes, split);
    long foreign = foreign(geometry, elementBytes, regionBytes / used[2]);
    return new Tiling(
        used[0],
        used[1],
        used[2],
        0,
        Math.ceilDiv(operations, accelerator.vectorUnit().elementsPerCycle()),
        Math.ceilDiv(read, accelerator.peMemory().readBytesPerCycle()),
        0,
        Math.ceilDiv(written, accelerator.peMemory().writeBytesPerCycle()),
        Math.ceilDiv(foreign, accelerator.network().bytesPerCycle()),
        work.readBytes(),
        work.writeBytes(),
        0,
        foreign * pes,
        foreign,
        work.operations());
  }

  private static long regionBytes(Geometry geometry, int elementBytes, int[] split) {
    return geometry.region(
            Math.ceilDiv(geometry.rows(), split[0]), Math.ceilDiv(geometry.columns(), split[1]))
        * elementBytes;
  }

  /** What of a region lies in other PEs: the input is spread evenly over all of them. */
  private long foreign(Geometry geometry, int elementBytes, long regionBytes) {
    long input =
        geometry.inputRows() * geometry.inputColumns() * geometry.inputChannels() * elementBytes;
    return Math.max(0, regionBytes - Math.ceilDiv(input, accelerator.grid().pes()));
  }
}
