package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Phase 3: how each layer's output is cut over the PEs.
 *
 * <p>The candidates are the accelerator's {@link Splits}; the least time wins, then the least
 * traffic between PEs, then the first. The time of a candidate is that of its busiest PE, whose
 * tile has ceil(rows / split) x ceil(columns / split) positions: what its cores take ({@link
 * SimdTiming}, {@link SystolicTiming}) or its vector unit, and what its ports take.
 *
 * <p>Layers of one shape are cut once: networks repeat themselves.
 */
final class Tiler {
  private static final Comparator<Tiling> LEAST_TIME_THEN_TRAFFIC =
      Comparator.comparingLong(Tiling::totalCycles)
          .thenComparingLong(Tiling::networkBytes)
          .thenComparingLong(Tiling::parameterReadBytes)
          .thenComparingLong(Tiling::peMemoryReadBytes);

  /** All that a layer's tiling depends on. */
  private record Problem(
      Optional<LoopNest> loops,
      VectorWork vector,
      Geometry geometry,
      int elementBytes,
      int weightBytes,
      int macCycles,
      boolean adds) {}

  private final Accelerator accelerator;
  private final Splits splits;
  private final Map<Problem, Tiling> solved = new HashMap<>();

  Tiler(Accelerator accelerator) {
    this.accelerator = accelerator;
    this.splits = Splits.of(accelerator.grid());
  }

  /** The best cuts of all layers; none on the host. */
  static List<Optional<Tiling>> tile(
      Graph graph, List<Layer> layers, Accelerator accelerator, Interruption interruption) {
    Tiler tiler = new Tiler(accelerator);
    List<Optional<Tiling>> tilings = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      interruption.check();
      tilings.add(layer.onAccelerator() ? Optional.of(tiler.tile(graph, layer)) : Optional.empty());
    }
    return tilings;
  }

  /** The best cut of a layer that the accelerator runs. */
  Tiling tile(Graph graph, Layer layer) {
    return problem(graph, layer)
        .map(problem -> solved.computeIfAbsent(problem, this::solve))
        .orElse(Tiling.VIEW);
  }

  /** All cuts that come into question, the best first; none where there is nothing to do. */
  List<Tiling> candidates(Graph graph, Layer layer) {
    return problem(graph, layer)
        .map(problem -> splits(problem).stream().map(split -> tiling(problem, split)))
        .orElseGet(Stream::empty)
        .sorted(LEAST_TIME_THEN_TRAFFIC)
        .toList();
  }

  private Optional<Problem> problem(Graph graph, Layer layer) {
    Node node = graph.nodes().get(layer.main());
    Optional<LoopNest> loops = LoopNest.of(graph, node);
    VectorWork vector = loops.isPresent() ? VectorWork.NONE : VectorWork.of(graph, node);
    if (loops.isEmpty() && vector.writeBytes() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            loops,
            vector,
            Geometry.of(graph, node),
            bytes(graph.output(node, 0).type()),
            loops.isPresent() ? bytes(weights(graph, node).type()) : 0,
            loops.isPresent() ? accelerator.macCycles(graph.input(node, 0).type()) : 0,
            layer.addend(graph).isPresent()));
  }

  /** The second factor; an LSTM may do without its second operand, whose like the third is. */
  private static Tensor weights(Graph graph, Node node) {
    return graph.input(node, node.hasInput(1) ? 1 : 2);
  }

  private static int bytes(DataType type) {
    return Math.max(1, Math.ceilDiv(type.bits(), Byte.SIZE));
  }

  /** The first of the best. */
  private Tiling solve(Problem problem) {
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

  private List<Split> splits(Problem problem) {
    Geometry geometry = problem.geometry();
    return splits.candidates(
        problem.loops().map(LoopNest::rows).orElse(geometry.rows()),
        problem.loops().map(LoopNest::columns).orElse(geometry.columns()));
  }

  private Tiling tiling(Problem problem, Split split) {
    return problem.loops().isPresent()
        ? multiplying(problem.loops().get(), problem, split)
        : elementwise(problem, split);
  }

  private Tiling multiplying(LoopNest nest, Problem problem, Split split) {
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
        switch (accelerator.core()) {
          case Core.Simd simd -> new SimdTiming(simd, accelerator).time(tile);
          case Core.Systolic systolic -> new SystolicTiming(systolic, accelerator).time(tile);
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
            + Math.max(0, addedTile - Math.ceilDiv(added, accelerator.grid().pes()));
    return new Tiling(
        used,
        time.arrayCycles(),
        0,
        time.activationCycles(),
        time.parameterCycles(),
        Math.ceilDiv(written, accelerator.peMemory().writeBytesPerCycle()),
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
            Math.ceilDiv(addedTile, accelerator.peMemory().readBytesPerCycle()),
            Math.ceilDiv(addedTile / elementBytes, accelerator.vectorUnit().elementsPerCycle())));
  }

  private Tiling elementwise(Problem problem, Split split) {
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
    long operations = Math.ceilDiv(work.operations(), whole) * tile;
    long gathered = Math.ceilDiv(work.gathered(), whole) * tile;
    long read = Math.ceilDiv(work.readBytes(), whole) * tile;
    long written = Math.ceilDiv(work.writeBytes(), whole) * tile;
    long regionBytes = regionBytes(geometry, problem.elementBytes(), split);
    long foreign = foreign(geometry, problem.elementBytes(), regionBytes / used.channels());
    long vectorCycles =
        Math.max(
            Math.ceilDiv(operations, accelerator.vectorUnit().elementsPerCycle()),
            Math.ceilDiv(4 * gathered, accelerator.vectorUnit().gatheredInFourCycles()));
    long readCycles = Math.ceilDiv(read, accelerator.peMemory().readBytesPerCycle());
    return new Tiling(
        used,
        0,
        vectorCycles,
        readCycles,
        0,
        Math.ceilDiv(written, accelerator.peMemory().writeBytesPerCycle()),
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
    return accelerator
        .network()
        .map(network -> Math.ceilDiv(bytes, network.bytesPerCycle()))
        .orElse(0L);
  }

  /** What of a region lies in other PEs: the input is spread evenly over all of them. */
  private long foreign(Geometry geometry, int elementBytes, long regionBytes) {
    long input =
        geometry.inputRows() * geometry.inputColumns() * geometry.inputChannels() * elementBytes;
    return Math.max(0, regionBytes - Math.ceilDiv(input, accelerator.grid().pes()));
  }
}
