package dev.ppe.simulator.hardware;

/** The PEs, as a grid. */
public record Grid(int rows, int columns, Split split) {
  /** How the compiler may cut a layer's output over the PEs. */
  public enum Split {
    /**
     * Rows of the output over the rows of the grid and columns over its columns, as the vendor's
     * compiler does; channels only where the output is a single position.
     */
    SPATIAL,
    /** Rows, columns and channels in any way: the fastest is searched. */
    ANY
  }

  public Grid {
    Check.range("grid.rows", rows, 1, 64);
    Check.range("grid.columns", columns, 1, 64);
  }

  /** PEs in all. */
  public int pes() {
    return rows * columns;
  }
}
