package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Peak;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Accelerators side by side. */
public final class AcceleratorTable {
  private static final List<Column> COLUMNS =
      List.of(
          Column.names("accelerator", 40),
          Column.right("PEs"),
          Column.right("MACs/cycle"),
          Column.right("clock"),
          Column.right("peak"),
          Column.right("PE memory"),
          Column.right("parameters"),
          Column.right("DRAM"),
          Column.right("host link"));

  private AcceleratorTable() {}

  /** Prints a row each, and marks the one that is used where none is named. */
  public static void print(PrintWriter out, int width, ListAcceleratorsResponse response) {
    TextTable table = new TextTable(width, "", COLUMNS);
    for (Accelerator accelerator : response.getAcceleratorsList()) {
      boolean usual = accelerator.getName().equals(response.getDefaultAccelerator());
      table.row(cells(accelerator, usual ? " (default)" : ""));
    }
    table.print(out);
  }

  private static List<String> cells(Accelerator accelerator, String remark) {
    Accelerator.Grid grid = accelerator.getGrid();
    if (Peak.isHostAlone(accelerator)) { // none of the blocks is in use
      return List.of(
          accelerator.getName() + remark, "-", "-", "-", peak(accelerator), "-", "-", "-", "-");
    }
    long cache = accelerator.getParameterMemory().getCacheBytes();
    List<String> cells = new ArrayList<>();
    cells.add(accelerator.getName() + remark);
    cells.add("%dx%d".formatted(grid.getRows(), grid.getColumns()));
    cells.add(Long.toString(Peak.macsPerCycle(accelerator)));
    cells.add(Units.FREQUENCY.format(accelerator.getClockHz()));
    cells.add(peak(accelerator));
    cells.add(Units.BYTES.format(accelerator.getPeMemory().getBytes()));
    cells.add(cache == 0 ? "-" : Units.BYTES.format(cache));
    cells.add(
        accelerator.hasDram()
            ? Units.BANDWIDTH.format(accelerator.getDram().getBytesPerSecond())
            : "-");
    cells.add(
        accelerator.hasHostLink()
            ? Units.BANDWIDTH.format(accelerator.getHostLink().getToDeviceBytesPerSecond())
            : "-");
    return cells;
  }

  /**
   * For example {@code 4.10 TOPS}: a multiply-accumulate is two operations, as data sheets count.
   */
  static String peak(Accelerator accelerator) {
    double operations = 2 * Peak.macsPerSecond(accelerator);
    return Units.COUNT.format(operations) + "OPS";
  }
}
