package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.List;

/** Latencies of int8 networks on a Pixel 6. */
record Pixel6() implements ValidationTable {
  @Override
  public String id() {
    return "pixel6";
  }

  @Override
  public String title() {
    return "Tensor G1 (Pixel 6), latency of whole networks";
  }

  @Override
  public Dataset dataset() {
    return Dataset.PIXEL6;
  }

  @Override
  public boolean includes(Row row) {
    return row.text("dtype").equals("int8");
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
    return "tensor-g1";
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(Latencies.MS.shall(new Target.Determination(0.99), new Target.MeanError(0.05)));
  }
}
