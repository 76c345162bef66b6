package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The slowest layers, then the other layers in one row and what belongs to no layer in another: the
 * shares add up to the whole.
 */
final class LayerTable {
  private static final int KIND_WIDTH = 18;
  private static final List<Column> FIGURES =
      List.of(
          Column.left("kind").ifRoom(),
          Column.right("time"),
          Column.right("share"),
          Column.right("MACs"),
          Column.right("use"),
          Column.left("bound by"),
          Column.right("energy"));

  private final int width;
  private final int most;

  /** Shows at most {@code most} layers. */
  LayerTable(int width, int most) {
    this.width = width;
    this.most = most;
  }

  void print(PrintWriter out, EstimateResponse response) {
    if (most == 0 || response.getLayersCount() == 0) {
      return;
    }
    long total = Causes.total(response.getTime());
    double micros = total == 0 ? 0 : response.getLatencyUs() / total;
    List<Layer> sorted =
        response.getLayersList().stream()
            .sorted(Comparator.comparingLong(Layer::getCycles).reversed())
            .toList();
    List<Layer> shown = sorted.subList(0, Math.min(most, sorted.size()));
    List<Layer> others = sorted.subList(shown.size(), sorted.size());
    CommonPath path = CommonPath.of(response.getLayersList().stream().map(Layer::getName).toList());
    List<Column> columns = new ArrayList<>();
    columns.add(path.column("slowest layers", "slowest in"));
    columns.addAll(FIGURES);
    Rows rows =
        new Rows(
            new TextTable(width, " ", columns),
            path,
            micros,
            total,
            micros * shown.getFirst().getCycles(),
            shown.stream().mapToDouble(Layer::getEnergyUj).max().orElse(0));
    shown.forEach(rows::layer);
    if (!others.isEmpty()) {
      rows.sum(
          "%d %s".formatted(others.size(), others.size() == 1 ? "other layer" : "other layers"),
          cycles(others),
          others.stream().mapToDouble(Layer::getEnergyUj).sum());
    }
    long outside = total - cycles(sorted);
    if (outside > 0) { // instructions, inputs and outputs, starting and ending
      rows.sum(
          "driver and transfers",
          outside,
          response.getEnergyUj() - sorted.stream().mapToDouble(Layer::getEnergyUj).sum());
    }
    out.println();
    rows.table().print(out);
    out.println();
  }

  /** Without the activation functions behind it, where the kind is long. */
  private static String kind(String kind) {
    String shorter = kind;
    while (shorter.length() > KIND_WIDTH && shorter.contains("+")) {
      shorter = shorter.substring(0, shorter.lastIndexOf('+'));
    }
    return Names.shorten(shorter, KIND_WIDTH);
  }

  private static long cycles(List<Layer> layers) {
    return layers.stream().mapToLong(Layer::getCycles).sum();
  }

  /** Rows of layers in the units of the largest figures, and sums in their own. */
  private record Rows(
      TextTable table,
      CommonPath path,
      double micros,
      long total,
      double longest,
      double mostEnergy) {
    void layer(Layer layer) {
      boolean accelerator = layer.getPlacement() == Placement.PLACEMENT_ACCELERATOR;
      List<String> cells = new ArrayList<>();
      cells.add(path.strip(layer.getName()));
      cells.add(kind(layer.getKind()));
      cells.add(Units.TIME.format(layer.getCycles() * micros, longest));
      cells.add(share(layer.getCycles()));
      cells.add(layer.getMacs() == 0 ? "-" : Units.COUNT.format(layer.getMacs()));
      cells.add(accelerator && layer.getMacs() > 0 ? Units.percent(layer.getUtilization()) : "-");
      cells.add(Causes.name(layer.getBoundBy()));
      double energy = layer.getEnergyUj(); // of a host none, of a table without prices neither
      cells.add(energy > 0 ? Units.ENERGY.format(energy, mostEnergy) : "-");
      table.row(cells);
    }

    void sum(String name, long cycles, double energyUj) {
      table.row(
          List.of(
              name,
              "",
              Units.TIME.format(cycles * micros),
              share(cycles),
              "",
              "",
              "",
              energyUj > 0 ? Units.ENERGY.format(energyUj) : "-"));
    }

    private String share(long cycles) {
      return total == 0 ? "-" : Units.percent((double) cycles / total);
    }
  }
}
