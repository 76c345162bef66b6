package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.OnCores;
import dev.ppe.simulator.job.VectorWork;
import java.util.Optional;

/**
 * What the busiest PE does of a layer that is cut in a certain way, in elements, operations and
 * bytes: no times. A program's instructions are about it ({@link Job}), and a {@link Tiling} says
 * how long it takes.
 *
 * @param split parts that there are
 * @param matrix what it multiplies and accumulates, if anything
 * @param vector what it does where nothing is
 * @param resultBytes what it writes
 * @param haloBytes what it takes of the first operand, and of what is added, from other PEs
 * @param second what it needs of a second factor that is an activation
 * @param addedBytes what it adds on the way out
 * @param addedElements the same, in elements
 */
record TileWork(
    Split split,
    Optional<MatrixTile> matrix,
    VectorWork vector,
    long resultBytes,
    long haloBytes,
    Second second,
    long addedBytes,
    long addedElements) {

  /**
   * A second factor that is an activation: it comes to the core memory in pieces, the first before
   * the cores begin.
   *
   * @param pieces in which it comes: a row of it at the least
   * @param ownBytes that lie in the PE's own memory
   * @param foreignBytes that come from other PEs
   */
  record Second(int pieces, long ownBytes, long foreignBytes) {
    static final Second NONE = new Second(0, 0, 0);

    /** With ever more, ever less would be gained: of eight, an eighth is not hidden. */
    private static final int MOST_PIECES = 8;

    /** What passes the port beside the cores' activations, if it comes so many times. */
    Job.Beside beside(int times) {
      return pieces == 0 ? Job.Beside.NOTHING : new Job.Beside(ownBytes, pieces, times);
    }
  }

  /** What the busiest PE takes from others. */
  long foreignBytes() {
    return haloBytes + second.foreignBytes();
  }

  /**
   * What cores or vector unit do once operands are in place.
   *
   * @param times how often a second factor comes
   */
  Job.Computing job(int times) {
    return matrix.isPresent()
        ? new Job.Multiply(matrix.get(), resultBytes, second.beside(times))
        : new Job.Compute(vector);
  }

  /** The same work, laid on the cores in another way. */
  TileWork on(OnCores other) {
    return new TileWork(
        split,
        matrix.map(tile -> tile.on(other)),
        vector,
        resultBytes,
        haloBytes,
        second,
        addedBytes,
        addedElements);
  }

  static TileWork of(Grid grid, TilingProblem problem, Split cut, OnCores onCores) {
    return problem.loops().isPresent()
        ? multiplying(grid, problem.loops().get(), problem, cut, onCores)
        : elementwise(grid, problem, cut);
  }

  private static TileWork multiplying(
      Grid grid, LoopNest nest, TilingProblem problem, Split cut, OnCores onCores) {
    Geometry geometry = problem.geometry();
    int elementBytes = problem.elementBytes();
    Split split =
        cut.used(nest.rows(), nest.columns(), nest.groups() == 1 ? nest.outputs() : nest.groups());
    // Whole groups go to different PEs; a single group's outputs are shared out.
    long groups = nest.groups() == 1 ? 1 : Math.ceilDiv(nest.groups(), split.channels());
    long outputs =
        nest.groups() == 1 ? Math.ceilDiv(nest.outputs(), split.channels()) : nest.outputs();
    Optional<Window> window = geometry.window();
    // A factor in PE memory is copied to the core memory of each PE that needs it.
    boolean shared = split.rows() * split.columns() > 1 && problem.secondBytes() == 0;
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
            shared,
            onCores);
    long made = tile.positions() * nest.repeats() * groups * outputs;
    // A transposed convolution has more outputs than positions that its loops visit.
    long elements = geometry.rows() * geometry.columns() * geometry.channels();
    // Independent groups need their own channels of the region only.
    long region = Math.ceilDiv(region(geometry, elementBytes, split) * groups, nest.groups());
    // What is added lies like the output: the busiest PE's share of it, be it its own or not.
    long addedTile = problem.adds() ? made * elementBytes : 0;
    long added = problem.adds() ? elements * elementBytes : 0;
    return new TileWork(
        split,
        Optional.of(tile),
        VectorWork.NONE,
        Math.max(made, Math.ceilDiv(elements, split.parts())) * elementBytes,
        beyond(region, inputBytes(geometry, elementBytes), grid) + beyond(addedTile, added, grid),
        second(grid, nest, problem, groups * outputs),
        addedTile,
        problem.adds() ? made : 0);
  }

  /** All columns of the products that it makes, or all of them; of operands that repeat, once. */
  private static Second second(Grid grid, LoopNest nest, TilingProblem problem, long outputs) {
    long all = problem.secondBytes();
    if (all == 0) {
      return Second.NONE;
    }
    long needed = Math.min(all, nest.area() * nest.inputs() * outputs * problem.weightBytes());
    long foreign = beyond(needed, all, grid);
    int pieces = Math.toIntExact(Math.clamp(nest.groups() * nest.inputs(), 1, Second.MOST_PIECES));
    return new Second(pieces, needed - foreign, foreign);
  }

  private static TileWork elementwise(Grid grid, TilingProblem problem, Split cut) {
    Geometry geometry = problem.geometry();
    VectorWork work = problem.vector();
    Split split = cut.used(geometry.rows(), geometry.columns(), geometry.channels());
    // The busiest PE's elements, of all there are.
    long tile =
        Math.ceilDiv(geometry.rows(), split.rows())
            * Math.ceilDiv(geometry.columns(), split.columns())
            * Math.ceilDiv(geometry.channels(), split.channels());
    long whole = geometry.rows() * geometry.columns() * geometry.channels();
    // A small operand that is broadcast adds its own bytes, not one for each element.
    VectorWork share =
        new VectorWork(
            Geometry.share(work.operations(), tile, whole),
            Geometry.share(work.gathered(), tile, whole),
            Geometry.share(work.readBytes(), tile, whole),
            Geometry.share(work.writeBytes(), tile, whole));
    long region = region(geometry, problem.elementBytes(), split) / split.channels();
    return new TileWork(
        split,
        Optional.empty(),
        share,
        share.writeBytes(),
        beyond(region, inputBytes(geometry, problem.elementBytes()), grid),
        Second.NONE,
        0,
        0);
  }

  private static long region(Geometry geometry, int elementBytes, Split split) {
    return geometry.region(
            Math.ceilDiv(geometry.rows(), split.rows()),
            Math.ceilDiv(geometry.columns(), split.columns()))
        * elementBytes;
  }

  private static long inputBytes(Geometry geometry, int elementBytes) {
    return geometry.inputRows() * geometry.inputColumns() * geometry.inputChannels() * elementBytes;
  }

  /** What of a part lies in other PEs: the whole is spread evenly over all of them. */
  private static long beyond(long part, long whole, Grid grid) {
    return Math.max(0, part - Math.ceilDiv(whole, grid.pes()));
  }
}
