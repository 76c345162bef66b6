package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.report.Evaluation;
import java.util.ArrayList;
import java.util.List;

/**
 * Reproduced if the best of the released MobileBERT-EdgeTPU networks comes to twice the baseline's
 * use of the multipliers, rounded to a tenth.
 */
record MobileBertUse() implements Claim {
  private static final double CLAIMED = 1.95;
  private static final String BASELINE = "mobilebert";

  @Override
  public String id() {
    return "mobilebert";
  }

  @Override
  public String statement() {
    return "MobileBERT-EdgeTPU reaches up to 2 times MobileBERT's use of the hardware.";
  }

  @Override
  public Answer examine(Bench bench) {
    Evaluation baseline = bench.evaluateZoo(BASELINE);
    List<Exhibit> exhibits = new ArrayList<>(List.of(exhibit(BASELINE, baseline, baseline)));
    double best = 0;
    for (String size : List.of("xs", "s", "m")) {
      Evaluation found = bench.evaluateZoo(BASELINE + "_edgetpu_" + size);
      exhibits.add(exhibit(found.modelName(), found, baseline));
      best = Math.max(best, found.utilization() / baseline.utilization());
    }
    return new Answer(Verdict.of(best >= CLAIMED, best > 1), "384 tokens, int8.", exhibits);
  }

  private static Exhibit exhibit(String name, Evaluation evaluation, Evaluation baseline) {
    return Exhibit.of(
        name,
        Measure.micros("latency", evaluation.latencyUs()),
        Measure.share("use", evaluation.utilization()),
        Measure.times("of the baseline's", evaluation.utilization() / baseline.utilization()));
  }
}
