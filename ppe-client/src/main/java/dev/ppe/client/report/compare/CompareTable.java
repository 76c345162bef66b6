package dev.ppe.client.report.compare;

import dev.ppe.client.report.Causes;
import dev.ppe.client.report.CommonPath;
import dev.ppe.client.report.Names;
import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.client.report.Units;
import dev.ppe.client.report.compare.ComparedLayer.Change;
import dev.ppe.v1.Cause;
import dev.ppe.v1.EstimateResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * For people: what the whole comes to on both sides, and the layers that changed most, in their
 * order, with the causes of the change and what of the layer is another.
 */
public final class CompareTable implements CompareWriter {
  private static final int LEAST_NAME = 20;
  private static final int LONGEST_TITLE = 24;
  private static final int MOST_CAUSES = 3;
  private static final double LEAST_SHARE_OF_CHANGE = 0.05;
  private static final String NONE = "-";

  private final PrintWriter out;
  private final int width;
  private final int most;

  /**
   * Prints lines of {@code width} characters.
   *
   * @param most how many layers are shown
   */
  public CompareTable(PrintWriter out, int width, int most) {
    this.out = out;
    this.width = width;
    this.most = most;
  }

  @Override
  public void write(Side first, Side second) {
    Compared compared = Compared.of(first, second);
    totals(first.response(), second.response());
    out.println();
    verdict(compared);
    unpriced(first.response(), second.response());
    if (most > 0 && !compared.layers().isEmpty()) {
      out.println();
      layers(compared);
    }
  }

  private void totals(EstimateResponse first, EstimateResponse second) {
    boolean models = !first.getModelName().equals(second.getModelName());
    out.printf(
        "%s%n",
        models
            ? "on " + Names.printable(first.getAccelerator())
            : Names.shorten(first.getModelName(), width));
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.names("", LEAST_NAME),
                Column.right(title(first, models)),
                Column.right(title(second, models)),
                Column.right("change"),
                Column.right("")));
    for (Totals figure : Totals.of(first, second)) {
      table.row(
          List.of(
              figure.name(),
              figure.unit().format(figure.first()),
              figure.unit().format(figure.second()),
              signed(figure.unit(), figure.second() - figure.first()),
              relative(figure.first(), figure.second())));
    }
    table.row(
        List.of(
            "share of peak MACs",
            Units.percent(first.getUtilization()),
            Units.percent(second.getUtilization()),
            "",
            ""));
    table.row(List.of("operators on the host", onHost(first), onHost(second), "", ""));
    table.print(out);
  }

  private static String onHost(EstimateResponse response) {
    return "%d of %d".formatted(response.getHostOperators(), response.getOperators());
  }

  private static String title(EstimateResponse response, boolean models) {
    return Names.shorten(
        models ? response.getModelName() : response.getAccelerator(), LONGEST_TITLE);
  }

  /** Nothing known is not nothing spent: it is said, and not compared. */
  private void unpriced(EstimateResponse first, EstimateResponse second) {
    if (Totals.isPriced(first) != Totals.isPriced(second)) {
      String which = (Totals.isPriced(first) ? second : first).getAccelerator();
      Paragraph.sentence(out, width, " ", "energies are not compared: none is known of " + which);
    }
  }

  private void verdict(Compared compared) {
    double before = compared.first().response().getLatencyUs();
    double after = compared.second().response().getLatencyUs();
    String text =
        before == after
            ? "both take the same time"
            : "%s by %s (%s)"
                .formatted(
                    after < before ? "faster" : "slower",
                    Units.TIME.format(Math.abs(after - before)),
                    relative(before, after));
    String causes = causes(compared.causes());
    Paragraph.sentence(out, width, " ", causes.isEmpty() ? text : text + ": " + causes);
    Paragraph.sentence(
        out,
        width,
        " ",
        "layers: %d changed, %d added, %d removed, %d the same"
            .formatted(
                count(compared, Change.CHANGED),
                count(compared, Change.ADDED),
                count(compared, Change.REMOVED),
                count(compared, Change.SAME)));
  }

  private static long count(Compared compared, Change change) {
    return compared.layers().stream().filter(layer -> layer.change() == change).count();
  }

  private void layers(Compared compared) {
    Set<ComparedLayer> shown = new HashSet<>(largest(compared.layers()));
    CommonPath path =
        CommonPath.of(compared.layers().stream().map(layer -> layer.any().getName()).toList());
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                path.column("changed most", "in"),
                Column.right("before"),
                Column.right("after"),
                Column.right("change"),
                Column.right("energy").ifRoom(),
                Column.sentences("why")));
    double others = 0;
    int count = 0;
    for (ComparedLayer layer : compared.layers()) {
      if (shown.contains(layer)) {
        row(table, path, layer);
      } else {
        others += layer.deltaUs();
        count++;
      }
    }
    if (count > 0) {
      table.row(
          List.of(
              "%d other %s".formatted(count, count == 1 ? "layer" : "layers"),
              "",
              "",
              signed(Units.TIME, others),
              "",
              ""));
    }
    double outside = compared.outside().values().stream().mapToDouble(Double::doubleValue).sum();
    table.row(
        List.of(
            "driver and transfers",
            "",
            "",
            signed(Units.TIME, outside),
            "",
            causes(compared.outside())));
    table.print(out);
  }

  private List<ComparedLayer> largest(List<ComparedLayer> layers) {
    return layers.stream()
        .sorted(Comparator.comparingDouble((ComparedLayer layer) -> -Math.abs(layer.deltaUs())))
        .limit(most)
        .toList();
  }

  private static void row(TextTable table, CommonPath path, ComparedLayer layer) {
    table.row(
        List.of(
            path.strip(layer.any().getName()),
            layer.first().isPresent() ? Units.TIME.format(layer.firstUs()) : NONE,
            layer.second().isPresent() ? Units.TIME.format(layer.secondUs()) : NONE,
            signed(Units.TIME, layer.deltaUs()),
            signed(Units.ENERGY, layer.energyUj()),
            why(layer)));
  }

  private static String why(ComparedLayer layer) {
    List<String> parts = new ArrayList<>();
    switch (layer.change()) {
      case ADDED -> parts.add("added: " + layer.any().getKind());
      case REMOVED -> parts.add("removed: " + layer.any().getKind());
      case SAME -> parts.add("the same");
      case CHANGED -> {
        String causes = causes(layer.causes());
        if (!causes.isEmpty()) {
          parts.add(causes);
        }
        if (!layer.reasons().isEmpty()) {
          parts.add(layer.reasons());
        }
        if (renamed(layer)) {
          parts.add("was " + Names.shorten(layer.first().orElseThrow().getName(), LONGEST_TITLE));
        }
      }
    }
    return String.join("; ", parts);
  }

  private static boolean renamed(ComparedLayer layer) {
    return layer.first().isPresent()
        && layer.second().isPresent()
        && !layer.first().get().getName().equals(layer.second().get().getName());
  }

  /** For example {@code compute +0.10 ms, parameter fetch -0.05 ms}. */
  private static String causes(Map<Cause, Double> changes) {
    double all = changes.values().stream().mapToDouble(Math::abs).sum();
    return String.join(
        ", ",
        changes.entrySet().stream()
            .filter(change -> Math.abs(change.getValue()) >= LEAST_SHARE_OF_CHANGE * all)
            .limit(MOST_CAUSES)
            .map(
                change ->
                    Causes.name(change.getKey()) + " " + signed(Units.TIME, change.getValue()))
            .toList());
  }

  private static String signed(Units unit, double value) {
    if (value == 0) {
      return NONE;
    }
    return (value < 0 ? "-" : "+") + unit.format(Math.abs(value));
  }

  private static String relative(double before, double after) {
    if (before == 0 || before == after) {
      return "";
    }
    double percent = 100 * (after / before - 1);
    return String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%+.1f %%" : "%+.0f %%", percent);
  }
}
