package dev.ppe.simulator.job;

/**
 * How a PE's tile lies on its cores and in time.
 *
 * @param rows parts of the tile's rows that cores work on side by side, each with activations of
 *     its own; cores of one part share its output channels
 * @param order what is outside and what inside
 */
public record OnCores(int rows, LoopOrder order) {
  /** All cores on the same positions, each with output channels of its own; sums stay. */
  public static final OnCores CHANNELS = new OnCores(1, LoopOrder.ACTIVATIONS_OUTER);

  public OnCores {
    if (rows < 1) {
      throw new IllegalArgumentException("rows in " + rows + " parts, must be 1 or more");
    }
  }

  /** For people, to be put behind a cut; nothing for {@link #CHANNELS}. */
  public String text() {
    String parts = rows == 1 ? "" : " rows in %d".formatted(rows);
    return parts + (order == LoopOrder.WEIGHTS_OUTER ? " weights outer" : "");
  }
}
