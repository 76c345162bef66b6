package dev.ppe.client.report.compare;

import dev.ppe.client.report.Csv;
import dev.ppe.report.answer.Causes;
import dev.ppe.v1.Cause;
import dev.ppe.v1.Layer;
import dev.ppe.v1.TimeBreakdown;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For spreadsheets: a record for each layer of either, and one for what belongs to no layer. */
public final class CompareCsv implements CompareWriter {
  private static final List<Cause> CAUSES =
      List.copyOf(Causes.cycles(TimeBreakdown.getDefaultInstance()).keySet());

  private final PrintWriter out;

  /** Prints to {@code out}. */
  public CompareCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(Side first, Side second) {
    Compared compared = Compared.of(first, second);
    Csv.print(out, header());
    compared.layers().forEach(layer -> Csv.print(out, record(layer)));
    double delta = compared.outside().values().stream().mapToDouble(Double::doubleValue).sum();
    List<String> rest =
        new ArrayList<>(List.of("outside", "", "", "", "", "", "", Double.toString(delta), ""));
    CAUSES.forEach(cause -> rest.add(text(compared.outside().getOrDefault(cause, 0.0))));
    rest.add("");
    Csv.print(out, rest);
  }

  private static List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "change",
                "first_name",
                "first_kind",
                "first_us",
                "second_name",
                "second_kind",
                "second_us",
                "delta_us",
                "delta_energy_uj"));
    CAUSES.forEach(
        cause ->
            header.add(
                "delta_%s_us"
                    .formatted(Causes.name(cause).toLowerCase(Locale.ROOT).replace(' ', '_'))));
    header.add("reasons");
    return header;
  }

  private static List<String> record(ComparedLayer layer) {
    List<String> record = new ArrayList<>();
    record.add(layer.change().name().toLowerCase(Locale.ROOT));
    side(layer.first(), layer.firstUs(), record);
    side(layer.second(), layer.secondUs(), record);
    record.add(text(layer.deltaUs()));
    record.add(layer.energyUj().isPresent() ? text(layer.energyUj().getAsDouble()) : "");
    CAUSES.forEach(cause -> record.add(text(layer.causes().getOrDefault(cause, 0.0))));
    record.add(layer.reasons());
    return record;
  }

  private static void side(Optional<Layer> layer, double micros, List<String> record) {
    record.add(layer.map(Layer::getName).orElse(""));
    record.add(layer.map(Layer::getKind).orElse(""));
    record.add(layer.isPresent() ? text(micros) : "");
  }

  private static String text(double value) {
    return Double.toString(value);
  }
}
