package dev.ppe.client.report.compare;

import dev.ppe.client.report.CommonPath;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.client.report.compare.ComparedLayer.Change;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The layers that changed most, in their order, with the causes of the change and reasons. */
final class LayerChanges {
  private static final int LONGEST_NAME = 24;

  private final Compared compared;
  private final boolean energies;
  private final CommonPath path;
  private final TextTable table;

  LayerChanges(Compared compared, int width) {
    this.compared = compared;
    this.energies = compared.layers().stream().anyMatch(layer -> layer.energyUj().isPresent());
    this.path =
        CommonPath.of(compared.layers().stream().map(layer -> layer.any().getName()).toList());
    List<Column> columns =
        new ArrayList<>(
            List.of(
                path.column("changed most", "in"),
                Column.right("before"),
                Column.right("after"),
                Column.right("change")));
    if (energies) {
      columns.add(Column.right("energy").ifRoom());
    }
    columns.add(Column.sentences("why"));
    this.table = new TextTable(width, " ", columns);
  }

  /**
   * Prints the table.
   *
   * @param most how many layers are shown
   */
  void print(PrintWriter out, int most) {
    Set<ComparedLayer> shown = new HashSet<>(largest(most));
    double others = 0;
    int count = 0;
    for (ComparedLayer layer : compared.layers()) {
      if (shown.contains(layer)) {
        row(layer);
      } else {
        others += layer.deltaUs();
        count++;
      }
    }
    if (count > 0) {
      row(
          "%d other %s".formatted(count, count == 1 ? "layer" : "layers"),
          "",
          "",
          Changes.signed(Units.TIME, others),
          "",
          "");
    }
    double outside = compared.outside().values().stream().mapToDouble(Double::doubleValue).sum();
    row(
        "driver and transfers",
        "",
        "",
        Changes.signed(Units.TIME, outside),
        "",
        Changes.causes(compared.outside()));
    table.print(out);
  }

  private List<ComparedLayer> largest(int most) {
    return compared.layers().stream()
        .sorted(Comparator.comparingDouble((ComparedLayer layer) -> -Math.abs(layer.deltaUs())))
        .limit(most)
        .toList();
  }

  private void row(ComparedLayer layer) {
    row(
        path.strip(layer.any().getName()),
        layer.first().isPresent() ? Units.TIME.format(layer.firstUs()) : Changes.NONE,
        layer.second().isPresent() ? Units.TIME.format(layer.secondUs()) : Changes.NONE,
        Changes.signed(Units.TIME, layer.deltaUs()),
        layer.energyUj().isPresent()
            ? Changes.signed(Units.ENERGY, layer.energyUj().getAsDouble())
            : "",
        why(layer));
  }

  private void row(
      String name, String before, String after, String change, String energy, String why) {
    table.row(
        energies
            ? List.of(name, before, after, change, energy, why)
            : List.of(name, before, after, change, why));
  }

  private static String why(ComparedLayer layer) {
    List<String> parts = new ArrayList<>();
    switch (layer.change()) {
      case ADDED -> parts.add("added: " + layer.any().getKind());
      case REMOVED -> parts.add("removed: " + layer.any().getKind());
      case SAME -> parts.add("the same");
      case CHANGED -> {
        String causes = Changes.causes(layer.causes());
        if (!causes.isEmpty()) {
          parts.add(causes);
        }
        if (!layer.reasons().isEmpty()) {
          parts.add(layer.reasons());
        }
      }
    }
    if (renamed(layer)) {
      parts.add("was " + Names.shorten(layer.first().orElseThrow().getName(), LONGEST_NAME));
    }
    return String.join("; ", parts);
  }

  private static boolean renamed(ComparedLayer layer) {
    return layer.change() == Change.CHANGED
        && !layer.first().orElseThrow().getName().equals(layer.second().orElseThrow().getName());
  }
}
