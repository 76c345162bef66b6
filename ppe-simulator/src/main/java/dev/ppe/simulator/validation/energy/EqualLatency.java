package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.report.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two networks take as long as each other, one bound by multiply-accumulates and one by what brings
 * its parameters; yet they take energies that differ: more than latency goes into them.
 *
 * @param preset the accelerator
 * @param source where parameters come from
 */
record EqualLatency(String preset, String source) implements EnergyCheck {
  private static final int CONVOLUTIONS = 8;
  private static final List<Integer> DENSE = List.of(4, 8, 12);
  private static final int WIDTH_STEP = 64;
  private static final int MOST_STEPS = 64;
  private static final double SAME = 0.05;
  private static final double DIFFERENT = 0.1;

  @Override
  public EnergyFinding examine() {
    Evaluation computing = Loads.evaluate(Loads.convolutions(CONVOLUTIONS, 64, 128, 3), preset);
    Evaluation fetching =
        DENSE.stream()
            .flatMap(layers -> dense(layers).filter(EqualLatency::waitsForParameters))
            .min(
                Comparator.comparingDouble(
                    answer -> Math.abs(answer.latencyUs() - computing.latencyUs())))
            .orElseThrow();
    double slower = Math.abs(fetching.latencyUs() / computing.latencyUs() - 1);
    double times = activeMw(computing) / activeMw(fetching);
    return new EnergyFinding(
        "equal-latency",
        "A network bound by computing and one of equal latency bound by the %s differ in energy."
            .formatted(source),
        preset,
        computing.time().dominant() == Cause.COMPUTE
            && slower <= SAME
            && Math.abs(times - 1) > DIFFERENT,
        String.format(
            Locale.ROOT,
            "Above idle the convolutions take %.2f times the power of the dense layers; latencies"
                + " are %.1f %% apart.",
            times,
            100 * slower),
        "",
        List.of(Loads.energy(computing), Loads.energy(fetching)));
  }

  private Stream<Evaluation> dense(int layers) {
    return IntStream.rangeClosed(1, MOST_STEPS)
        .mapToObj(step -> Loads.evaluate(Loads.dense(layers, step * WIDTH_STEP), preset));
  }

  private static boolean waitsForParameters(Evaluation answer) {
    return answer.time().dominant() == Cause.PARAMETER_FETCH;
  }

  private static double activeMw(Evaluation answer) {
    return answer.atRate(1).activeUj() / answer.latencyUs() * 1e3;
  }
}
