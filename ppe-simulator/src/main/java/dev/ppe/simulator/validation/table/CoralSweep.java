package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.ArrayList;
import java.util.List;

/**
 * A network made wider and wider until its parameters spill: latencies, and where the vendor's
 * compiler put the parameters.
 *
 * @param dense dense layers or convolutions
 */
record CoralSweep(boolean dense) implements ValidationTable {
  private static final String CACHED = "cached";
  private static final String STREAMED = "streamed";
  private static final String STREAMED_MIB = "offchip_params_mib";
  private static final String PRESET = "coral-pcie";

  private static final Target ALMOST_ALL_WITHIN_1_PERCENT = new Target.Within(0.01, 0.95);
  private static final List<Quantity> PARAMETERS =
      List.of(
          Quantity.of("cached MiB", 3, "onchip_params_mib", Figures::cachedMib)
              .shall(ALMOST_ALL_WITHIN_1_PERCENT),
          Quantity.of("streamed MiB", 3, STREAMED_MIB, Figures::streamedMib)
              .shall(ALMOST_ALL_WITHIN_1_PERCENT));

  private static final Quantity SPILLED_LAYERS =
      Quantity.derived(
              "streamed layers",
              0,
              STREAMED_MIB,
              row -> SpilledLayers.reported(row.row().number(STREAMED_MIB), row.evaluation()),
              SpilledLayers::simulated)
          .shall(new Target.Exact());

  @Override
  public String id() {
    return dense ? "coral-dense" : "coral-conv5";
  }

  @Override
  public String title() {
    return dense ? "Coral, stacks of dense layers" : "Coral, five convolutions";
  }

  @Override
  public Dataset dataset() {
    return dense ? Dataset.CORAL_DENSE : Dataset.CORAL_CONVOLUTIONS;
  }

  @Override
  public boolean includes(Row row) {
    return true;
  }

  @Override
  public String label(Row row) {
    return dense ? row.text("units") + " units" : row.text("filters") + " filters";
  }

  @Override
  public Subject subject(Row row, Subjects subjects) {
    return dense ? subjects.dense(row) : subjects.convolutions(row);
  }

  @Override
  public String preset(Row row) {
    return PRESET;
  }

  @Override
  public List<Quantity> quantities() {
    Quantity latency = Latencies.MS.groupedBy(CoralSweep::group);
    Quantity judged =
        dense
            ? latency
                .shallIn(STREAMED, new Target.MeanError(0.03))
                .shallIn(CACHED, new Target.MeanError(0.15))
            : latency.shall(new Target.MeanError(0.06));
    List<Quantity> all = new ArrayList<>(List.of(judged));
    all.addAll(PARAMETERS);
    if (!dense) {
      all.add(SPILLED_LAYERS);
    }
    return List.copyOf(all);
  }

  private static String group(EvaluatedRow row) {
    return row.row().number(STREAMED_MIB) > 0 ? STREAMED : CACHED;
  }
}
