package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.List;
import java.util.Optional;

/**
 * Single layers on plain systolic arrays, against another simulator: as long as no preset's name
 * begins with {@code systolic-} the table is left out.
 */
record SystolicLayers() implements ValidationTable {
  private static final String PREFIX = "systolic-";

  @Override
  public String id() {
    return "systolic";
  }

  @Override
  public String title() {
    return "Systolic arrays, cycles of single layers in SCALE-Sim";
  }

  @Override
  public Dataset dataset() {
    return Dataset.SCALE_SIM;
  }

  @Override
  public boolean includes(Row row) {
    return true;
  }

  @Override
  public String label(Row row) {
    return "%s %s, %s %s"
        .formatted(row.text("network"), row.text("layer"), row.text("array"), dataflow(row));
  }

  @Override
  public Subject subject(Row row, Subjects subjects) {
    return subjects.singleLayer(row);
  }

  @Override
  public String preset(Row row) {
    return PREFIX + row.text("array") + "-" + dataflow(row);
  }

  private static String dataflow(Row row) {
    return switch (row.text("dataflow")) {
      case "output-stationary" -> "os";
      case "weight-stationary" -> "ws";
      case String other -> other;
    };
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(
        Quantity.of("cycles", 0, "total_cycles", Figures::cyclesOnChip)
            .groupedBy(row -> row.row().text("dataflow"))
            .shall(new Target.Exact()));
  }

  @Override
  public Optional<String> leftOut() {
    return Presets.names().stream().anyMatch(name -> name.startsWith(PREFIX))
        ? Optional.empty()
        : Optional.of("there is no preset of a systolic array");
  }
}
