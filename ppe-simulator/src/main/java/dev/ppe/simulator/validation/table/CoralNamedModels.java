package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.List;

/**
 * The vendor's benchmark of one device.
 *
 * @param preset the device, and the name of the table
 * @param host as the file calls the device
 * @param device as people call it
 */
record CoralNamedModels(String preset, String host, String device) implements ValidationTable {
  static final CoralNamedModels USB =
      new CoralNamedModels("coral-usb", "usb3-desktop", "Coral USB Accelerator on a desktop");
  static final CoralNamedModels DEV_BOARD =
      new CoralNamedModels("coral-dev-board", "dev-board-pcie", "Coral Dev Board");

  @Override
  public String id() {
    return preset;
  }

  @Override
  public String title() {
    return device + ", latency of whole networks";
  }

  @Override
  public Dataset dataset() {
    return Dataset.CORAL_NAMED_MODELS;
  }

  @Override
  public boolean includes(Row row) {
    return row.text("host").equals(host);
  }

  @Override
  public String label(Row row) {
    return row.text("model");
  }

  @Override
  public Subject subject(Row row, Subjects subjects) {
    return subjects.published(row);
  }

  @Override
  public String preset(Row row) {
    return preset;
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(
        Latencies.MS.shall(
            new Target.Determination(0.99),
            new Target.LogDetermination(0.99),
            new Target.MeanError(0.12),
            new Target.RankCorrelation(0.9)));
  }
}
