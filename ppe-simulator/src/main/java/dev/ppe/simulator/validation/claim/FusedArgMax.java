package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.report.Evaluation;
import java.util.ArrayList;
import java.util.List;

/**
 * The approximate segmentation map, whose arg-max is taken on a quarter of the positions, or on a
 * sixteenth: which of them was published is not known. Reproduced if one of them makes every
 * network 1.3 to 1.5 times as fast, to the figure.
 */
record FusedArgMax() implements Claim {
  private static final double LEAST = 1.3;
  private static final double MOST = 1.5;
  private static final List<String> NETWORKS =
      List.of(
          "deeplabv3plus_mobilenet_edgetpuv2_xs",
          "deeplabv3plus_mobilenet_edgetpuv2_s",
          "deeplabv3plus_mobilenet_edgetpuv2_m",
          "autoseg_edgetpu_xs",
          "autoseg_edgetpu_s");

  @Override
  public String id() {
    return "argmax";
  }

  @Override
  public String statement() {
    return "Fused arg-max makes segmentation networks 1.3 to 1.5 times as fast.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    int quarter = 0;
    int sixteenth = 0;
    int quarterRounded = 0;
    int sixteenthRounded = 0;
    int faster = 0;
    for (String network : NETWORKS) {
      Evaluation exact = bench.evaluateZoo(network);
      Evaluation fused = bench.evaluateZoo(network + "_fused_argmax");
      Evaluation coarse = bench.evaluateZoo(network + "_fused_argmax_128");
      double speed = exact.latencyUs() / fused.latencyUs();
      double coarseSpeed = exact.latencyUs() / coarse.latencyUs();
      quarter += isClaimed(speed) ? 1 : 0;
      sixteenth += isClaimed(coarseSpeed) ? 1 : 0;
      quarterRounded += isClaimed(rounded(speed)) ? 1 : 0;
      sixteenthRounded += isClaimed(rounded(coarseSpeed)) ? 1 : 0;
      faster += speed > 1 ? 1 : 0;
      exhibits.add(
          Exhibit.of(
              network,
              Measure.micros("exact", exact.latencyUs()),
              Measure.micros("at 256x256", fused.latencyUs()),
              Measure.times("speed", speed),
              Measure.micros("at 128x128", coarse.latencyUs()),
              Measure.times("speed there", coarseSpeed)));
    }
    return new Answer(
        Verdict.of(Math.max(quarter, sixteenth) == NETWORKS.size(), faster == NETWORKS.size()),
        ("%d and %d of %d networks are within that, with the arg-max at 256x256 and at 128x128;"
                + " %d and %d are when rounded to a tenth.")
            .formatted(quarter, sixteenth, NETWORKS.size(), quarterRounded, sixteenthRounded),
        exhibits);
  }

  private static double rounded(double speed) {
    return Math.round(10 * speed) / 10.0;
  }

  private static boolean isClaimed(double speed) {
    return speed >= LEAST && speed <= MOST;
  }
}
