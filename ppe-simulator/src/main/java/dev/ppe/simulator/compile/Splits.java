package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Grid;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to cut a layer over a grid of PEs: the vendor's, or all factorisations of the number of
 * PEs into rows x columns x channels.
 */
sealed interface Splits {
  /** The splits to try for an output of so many rows (batches included) and columns. */
  List<Split> candidates(long rows, long columns);

  /** The most splits that there are for any output. */
  int most();

  static Splits of(Grid grid) {
    return switch (grid.split()) {
      case SPATIAL -> new Spatial(grid);
      case ANY -> new Any(factorisations(grid.pes()));
    };
  }

  /**
   * Maps over the grid as they lie, rows of vectors over all PEs, and the channels of a single
   * position over all PEs.
   */
  record Spatial(Grid grid) implements Splits {
    @Override
    public int most() {
      return 1;
    }

    @Override
    public List<Split> candidates(long rows, long columns) {
      if (rows * columns == 1) {
        return List.of(new Split(1, 1, grid.pes()));
      } else if (columns == 1) {
        return List.of(new Split(grid.pes(), 1, 1));
      } else if (rows == 1) {
        return List.of(new Split(1, grid.pes(), 1));
      } else {
        return List.of(new Split(grid.rows(), grid.columns(), 1));
      }
    }
  }

  /** Every factorisation, whatever the output is. */
  record Any(List<Split> all) implements Splits {
    @Override
    public int most() {
      return all.size();
    }

    @Override
    public List<Split> candidates(long rows, long columns) {
      return all;
    }
  }

  private static List<Split> factorisations(int pes) {
    List<Split> result = new ArrayList<>();
    for (int rows = pes; rows >= 1; rows--) {
      for (int columns = pes / rows; columns >= 1; columns--) {
        if (pes % rows == 0 && pes / rows % columns == 0) {
          result.add(new Split(rows, columns, pes / rows / columns));
        }
      }
    }
    return List.copyOf(result);
  }
}
