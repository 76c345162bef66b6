package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.report.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Two networks take as long as each other, one bound by multiply-accumulates and one by what brings
 * its parameters; yet they take energies that differ: more than latency goes into them.
 *
 * @param preset the accelerator
 * @param source where parameters come from
 */
record EqualLatency(String preset, String source) implements EnergyCheck {
  private static final int CONVOLUTIONS = 8;
  private static final int DENSE = 8;
  private static final int WIDTH_STEP = 64;
  private static final int MOST_STEPS = 64;
  private static final double SAME = 0.05;
  private static final double DIFFERENT = 0.1;

  @Override
  public EnergyFinding examine() {
    Evaluation computing = Loads.evaluate(Loads.convolutions(CONVOLUTIONS, 64, 128, 3), preset);
    Evaluation fetching =
        IntStream.rangeClosed(1, MOST_STEPS)
            .mapToObj(step -> Loads.evaluate(Loads.dense(DENSE, step * WIDTH_STEP), preset))
            .min(
                Comparator.comparingDouble(
                    answer -> Math.abs(answer.latencyUs() - computing.latencyUs())))
            .orElseThrow();
    double slower = fetching.latencyUs() / computing.latencyUs() - 1;
    double more = activeMw(computing) / activeMw(fetching) - 1;
    return new EnergyFinding(
        "equal-latency",
        "A network bound by computing and one of equal latency bound by the %s differ in energy."
            .formatted(source),
        preset,
        Math.abs(slower) <= SAME && Math.abs(more) > DIFFERENT,
        String.format(
            Locale.ROOT,
            "Power above idle is %+.0f %% in the convolutions against the dense layers, latencies are"
                + " %.1f %% apart.",
            100 * more,
            100 * Math.abs(slower)),
        List.of(Loads.energy(computing), Loads.energy(fetching)));
  }

  private static double activeMw(Evaluation answer) {
    return answer.atRate(1).activeUj() / answer.latencyUs() * 1e3;
  }
}
