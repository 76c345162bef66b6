package dev.ppe.nas.cli;

import dev.ppe.client.cli.TextWidth;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.nas.block.BlockCost;
import dev.ppe.nas.block.BlockForm;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sweep shows at a glance: for each map size and form the use of the machine and what for.
 */
final class BlockTable {
  private final PrintWriter out;

  BlockTable(PrintWriter out) {
    this.out = out;
  }

  void write(String accelerator, List<BlockCost> costs) {
    out.printf("%d blocks on %s%n%n", costs.size(), accelerator);
    TextTable table =
        new TextTable(
            TextWidth.get(),
            " ",
            List.of(
                Column.right("maps"),
                Column.names("form", 9),
                Column.right("blocks"),
                Column.right("median use"),
                Column.right("parameters a us"),
                Column.sentences("fastest for its parameters")));
    for (int size : costs.stream().map(cost -> cost.block().size()).distinct().toList()) {
      for (BlockForm form : BlockForm.values()) {
        List<BlockCost> of =
            costs.stream()
                .filter(cost -> cost.block().size() == size && cost.block().form() == form)
                .toList();
        best(of).ifPresent(best -> table.row(row(size, form, of, best)));
      }
    }
    table.print(out);
    out.flush();
  }

  private static Optional<BlockCost> best(List<BlockCost> costs) {
    return costs.stream().max(Comparator.comparingDouble(BlockTable::parametersAMicro));
  }

  private static double parametersAMicro(BlockCost cost) {
    return cost.latencyUs() == 0 ? 0 : cost.parameters() / cost.latencyUs();
  }

  private static List<String> row(int size, BlockForm form, List<BlockCost> costs, BlockCost best) {
    return List.of(
        "%1$dx%1$d".formatted(size),
        form.word(),
        Integer.toString(costs.size()),
        String.format(Locale.ROOT, "%.0f %%", 100 * median(costs)),
        String.format(Locale.ROOT, "%.0f", parametersAMicro(best)),
        String.format(
            Locale.ROOT,
            "%s %s: %.1f k in %.1f us",
            best.block().shape(),
            best.block().label(),
            best.parameters() / 1e3,
            best.latencyUs()));
  }

  private static double median(List<BlockCost> costs) {
    double[] sorted = costs.stream().mapToDouble(BlockCost::utilization).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
