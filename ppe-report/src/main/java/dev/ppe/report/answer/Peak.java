package dev.ppe.report.answer;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateResponse;

/** What an accelerator does at most, and how long its cycles are. */
public final class Peak {
  private static final String EVERY_OPERATOR = "*";

  private Peak() {}

  /** Multiply-accumulates of all PEs in one cycle, of 8-bit operands. */
  public static long macsPerCycle(Accelerator accelerator) {
    Accelerator.Grid grid = accelerator.getGrid();
    Accelerator.Core core = accelerator.getCore();
    long pe =
        core.hasSystolic()
            ? (long) core.getSystolic().getRows() * core.getSystolic().getColumns()
            : (long) core.getSimd().getPerPe()
                * core.getSimd().getLanes()
                * core.getSimd().getMacsPerLane();
    return pe * grid.getRows() * grid.getColumns();
  }

  /** The same in a second; the host's where that runs everything. */
  public static double macsPerSecond(Accelerator accelerator) {
    return isHostAlone(accelerator)
        ? accelerator.getHost().getMacsPerSecond()
        : (double) macsPerCycle(accelerator) * accelerator.getClockHz();
  }

  /** Whether the host runs every operator, so that the description's other blocks are idle. */
  public static boolean isHostAlone(Accelerator accelerator) {
    return accelerator.getPlacement().getHostOperatorsList().contains(EVERY_OPERATOR);
  }

  /** How long a cycle of an answer's times is, in microseconds. */
  public static double microsPerCycle(EstimateResponse response) {
    long total = Causes.total(response.getTime());
    return total == 0 ? 0 : response.getLatencyUs() / total;
  }
}
