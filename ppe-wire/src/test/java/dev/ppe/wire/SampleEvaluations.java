package dev.ppe.wire;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.EnergyPart;
import dev.ppe.simulator.power.PowerTrace;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.report.MemoryReport;
import dev.ppe.simulator.report.PowerReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An evaluation in which every number is another one. */
final class SampleEvaluations {
  private SampleEvaluations() {}

  static Evaluation evaluation() {
    return new Evaluation(
        "model",
        "coral-usb",
        Fidelity.CYCLE,
        Precision.BF16,
        new GraphHash("0a".repeat(32)),
        "1.2",
        250.5,
        300.25,
        1001,
        time(1),
        energy(1),
        new PowerReport(
            "coral-28nm",
            7,
            actions(),
            energy(1 << 17),
            31.5,
            32.5,
            250,
            new PowerTrace(List.of(new PowerTrace.Step(0, 250.5, 32.5)))),
        1002,
        1003,
        0.25,
        4,
        1,
        new MemoryReport(11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
        List.of(layer("first", true, "", 100), layer("last", false, "Decode is not known", 200)),
        true);
  }

  private static TimeBreakdown time(long start) {
    Map<Cause, Long> cycles = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      cycles.put(cause, start + cycles.size());
    }
    return new TimeBreakdown(cycles);
  }

  /** Sums of powers of two: each sum is of other parts. */
  private static EnergyBreakdown energy(double first) {
    Map<EnergyPart, Double> parts = new EnumMap<>(EnergyPart.class);
    double uj = first;
    for (EnergyPart part : EnergyPart.values()) {
      parts.put(part, uj);
      uj *= 2;
    }
    return EnergyBreakdown.of(parts);
  }

  private static ActionCounts actions() {
    ActionCounts.Tally tally = new ActionCounts.Tally();
    long times = 2001;
    for (Action action : Action.values()) {
      tally.add(action, times++);
    }
    return tally.counts();
  }

  private static LayerReport layer(String name, boolean onAccelerator, String reason, int n) {
    return new LayerReport(
        name,
        "conv+relu",
        onAccelerator,
        reason,
        time(n),
        n + 1,
        n + 2,
        n + 3,
        n + 4,
        true,
        n + 5,
        n + 6,
        n + 11,
        n + 7,
        n + 8,
        n + 9,
        n + 10,
        energy(n),
        0.75,
        "4x4 PEs",
        onAccelerator ? "conv: kernel 9, validated to 7" : "");
  }
}
