package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.SimdCore;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.OnCores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The search for the best cut of one layer.
 *
 * <p>The candidates are the hardware's {@link Splits} over the PEs, each with the ways in which a
 * tile may lie on the cores of a PE and in time ({@link OnCores}): {@value #MOST} at the most. The
 * least time wins ({@link TilingCosts}), then the least traffic between PEs, then the first; all
 * cores on the same positions and sums that stay, unless another way is faster.
 *
 * <p>It knows neither graph nor accelerator, so that what it finds holds wherever the same problem
 * meets the same hardware.
 */
final class TilingSearch {
  /** Candidates for a layer, but for machines of so many PEs that splits alone are more. */
  private static final int MOST = 600;

  private static final Comparator<Tiling> LEAST_TIME_THEN_TRAFFIC =
      Comparator.comparingLong(Tiling::totalCycles)
          .thenComparingLong(Tiling::networkBytes)
          .thenComparingLong(Tiling::parameterReadBytes)
          .thenComparingLong(Tiling::peMemoryReadBytes);

  private final TilingHardware hardware;
  private final TilingCosts costs;
  private final Splits splits;
  private final List<OnCores> others;

  TilingSearch(TilingHardware hardware) {
    this.hardware = hardware;
    this.costs = new TilingCosts(hardware.pe());
    this.splits = Splits.of(hardware.grid());
    this.others = others(hardware, Math.max(1, splits.most()));
  }

  /** Ways on the cores beside the usual one: none where the vendor's rule says how to cut. */
  private static List<OnCores> others(TilingHardware hardware, int splits) {
    if (!(hardware.pe().cores() instanceof SimdCore simd)
        || hardware.grid().split() == Grid.Split.SPATIAL) {
      return List.of();
    }
    List<OnCores> ways = new ArrayList<>();
    int perPe = simd.core().perPe();
    for (int rows = 1; rows <= perPe; rows++) {
      if (perPe % rows == 0) {
        for (LoopOrder order : LoopOrder.values()) {
          ways.add(new OnCores(rows, order));
        }
      }
    }
    ways.remove(OnCores.CHANNELS);
    return List.copyOf(ways.subList(0, Math.clamp(MOST / splits - 1, 0, ways.size())));
  }

  /** Whether there is more than one way to cut any layer. */
  boolean hasChoice() {
    return splits.most() > 1 || !others.isEmpty();
  }

  /** All cuts that come into question, the best first. */
  List<Tiling> all(TilingProblem problem) {
    List<Tiling> all = new ArrayList<>();
    visit(problem, all::add);
    all.sort(LEAST_TIME_THEN_TRAFFIC);
    return List.copyOf(all);
  }

  /** The first of the best. */
  Tiling best(TilingProblem problem) {
    Best best = new Best();
    visit(problem, best::see);
    return best.tiling;
  }

  private static final class Best {
    private Tiling tiling = Tiling.VIEW;

    void see(Tiling other) {
      if (tiling.isView() || LEAST_TIME_THEN_TRAFFIC.compare(other, tiling) < 0) {
        tiling = other;
      }
    }
  }

  private void visit(TilingProblem problem, Consumer<Tiling> candidates) {
    Geometry geometry = problem.geometry();
    List<Split> cuts =
        splits.candidates(
            problem.loops().map(LoopNest::rows).orElse(geometry.rows()),
            problem.loops().map(LoopNest::columns).orElse(geometry.columns()));
    for (Split cut : cuts) {
      TileWork work = TileWork.of(hardware.grid(), problem, cut, OnCores.CHANNELS);
      Tiling usual = costs.of(problem, work);
      candidates.accept(usual);
      if (work.matrix().isPresent() && hardware.pe().cores() instanceof SimdCore simd) {
        MatrixTile tile = work.matrix().get();
        for (OnCores other : others) {
          if (mayGain(simd, tile.on(other), usual)) {
            Tiling tiling = costs.of(problem, work.on(other));
            if (tiling.totalCycles() < usual.totalCycles()) {
              candidates.accept(tiling);
            }
          }
        }
      }
    }
  }

  /** Parts need rows, and lines that stay need positions without an accumulator. */
  private static boolean mayGain(SimdCore simd, MatrixTile tile, Tiling usual) {
    OnCores way = tile.onCores();
    boolean stays = tile.positions() <= (long) simd.core().accumulators() * way.rows();
    return way.rows() <= tile.rows()
        && !(way.order() == LoopOrder.WEIGHTS_OUTER && stays)
        && simd.can(tile)
        && simd.leastCycles(tile) < usual.waitingCycles() + usual.computeCycles();
  }
}
