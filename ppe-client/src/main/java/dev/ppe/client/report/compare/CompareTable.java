package dev.ppe.client.report.compare;

import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.client.report.compare.ComparedLayer.Change;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * For people: what the whole comes to on both sides, in what the hardware differs, and the layers
 * that changed most ({@link LayerChanges}).
 */
public final class CompareTable implements CompareWriter {
  private static final int LEAST_NAME = 20;
  private static final int LONGEST_TITLE = 24;

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
    energies(first.response(), second.response());
    if (!compared.hardware().differences().isEmpty()) {
      out.println();
      hardware(compared);
    }
    if (most > 0 && !compared.layers().isEmpty()) {
      out.println();
      new LayerChanges(compared, width).print(out, most);
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
              Changes.signed(figure.unit(), figure.second() - figure.first()),
              Changes.relative(figure.first(), figure.second())));
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
  private void energies(EstimateResponse first, EstimateResponse second) {
    if (EnergyParts.isCounted(first) != EnergyParts.isCounted(second)) {
      String which = (EnergyParts.isCounted(first) ? second : first).getAccelerator();
      Paragraph.sentence(out, width, " ", "energies are not compared: none is known of " + which);
    } else if (EnergyParts.isCounted(first)
        && first.getHostOperators() != second.getHostOperators()) {
      Paragraph.sentence(out, width, " ", "energies leave out what operators on the host take");
    }
  }

  /** What cost time and what saved it, whichever of them was more. */
  private void verdict(Compared compared) {
    double before = compared.first().response().getLatencyUs();
    double after = compared.second().response().getLatencyUs();
    boolean faster = after < before;
    String text =
        before == after
            ? "both take the same time"
            : "%s by %s (%s)"
                .formatted(
                    faster ? "faster" : "slower",
                    Units.TIME.format(Math.abs(after - before)),
                    Changes.relative(before, after));
    String most = Changes.causes(compared.causes(), change -> faster == change < 0);
    String against = Changes.causes(compared.causes(), change -> faster == change > 0);
    List<String> parts = new ArrayList<>();
    if (!most.isEmpty()) {
      parts.add(most);
    }
    if (!against.isEmpty()) {
      parts.add((parts.isEmpty() ? "" : "in spite of ") + against);
    }
    Paragraph.sentence(
        out, width, " ", parts.isEmpty() ? text : text + ": " + String.join("; ", parts));
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

  private void hardware(Compared compared) {
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.names("hardware that differs", LEAST_NAME),
                Column.right(title(compared.first().response(), false)),
                Column.right(title(compared.second().response(), false))));
    for (Hardware.Difference difference : compared.hardware().differences()) {
      table.row(
          List.of(
              difference.field(),
              Names.shorten(difference.first(), LONGEST_TITLE),
              Names.shorten(difference.second(), LONGEST_TITLE)));
    }
    table.print(out);
  }
}
