package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.power.PowerTrace.Step;
import dev.ppe.simulator.power.PowerTrace.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerTraceTest {
  /** 1 W all the time, and 3 uJ from 2 to 4 us on top of it. */
  private static final PowerTrace HAT =
      PowerTrace.of(List.of(new Work(0, 10, 10), new Work(2, 4, 3)));

  @Test
  void workThatOverlapsAddsUp() {
    assertThat(HAT.steps())
        .containsExactly(new Step(0, 2, 1000), new Step(2, 4, 2500), new Step(4, 10, 1000));
    assertThat(HAT.endUs()).isEqualTo(10);
    assertThat(HAT.microjoules()).isCloseTo(13, within(1e-12));
  }

  @Test
  void aWindowSeesWhatIsInIt() {
    assertThat(HAT.peakMw(1)).isCloseTo(2500, within(1e-9));
    assertThat(HAT.peakMw(2)).isCloseTo(2500, within(1e-9));
    assertThat(HAT.peakMw(4)).isCloseTo((2 * 2500 + 2 * 1000) / 4.0, within(1e-9));
    assertThat(HAT.peakMw(10)).isCloseTo(1300, within(1e-9));
    assertThat(HAT.peakMw(1000)).isCloseTo(1300, within(1e-9)); // no longer than it lasts
  }

  @Test
  void nothingTakesNoPower() {
    assertThat(PowerTrace.of(List.of()).peakMw(1000)).isZero();
    assertThat(PowerTrace.of(List.of()).endUs()).isZero();
  }

  @Test
  void gapsArePausesWithoutPower() {
    PowerTrace trace = PowerTrace.of(List.of(new Work(1, 2, 1), new Work(5, 6, 2)));

    assertThat(trace.steps())
        .containsExactly(
            new Step(0, 1, 0), new Step(1, 2, 1000), new Step(2, 5, 0), new Step(5, 6, 2000));
    assertThat(trace.peakMw(5)).isCloseTo(3000 / 5.0, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thePeakIsThatOfAllWindowsTriedOneByOne(long seed) {
    Random random = new Random(seed);
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int start = random.nextInt(300);
      works.add(
          new Work(start, start + 1 + random.nextInt(80), random.nextInt(5) * random.nextDouble()));
    }
    PowerTrace trace = PowerTrace.of(works);
    int end = (int) trace.endUs();

    assertThat(trace.microjoules())
        .isCloseTo(works.stream().mapToDouble(Work::microjoules).sum(), withinPercentage(1e-9));
    for (int window = 1; window <= end; window += 1 + random.nextInt(40)) {
      double most = 0; // all changes are at whole microseconds
      for (int start = 0; start + window <= end; start++) {
        most = Math.max(most, energy(works, start, start + window));
      }
      assertThat(trace.peakMw(window)).isCloseTo(most / window * 1e3, withinPercentage(1e-7));
    }
  }

  private static double energy(List<Work> works, double from, double to) {
    double energy = 0;
    for (Work work : works) {
      double overlap = Math.min(to, work.endUs()) - Math.max(from, work.startUs());
      energy += Math.max(0, overlap) / (work.endUs() - work.startUs()) * work.microjoules();
    }
    return energy;
  }

  @Test
  void aLongerWindowNeverHasAHigherPeak() {
    for (double window = 0.5; window < 12; window += 0.5) {
      assertThat(HAT.peakMw(window + 0.5)).isLessThanOrEqualTo(HAT.peakMw(window) + 1e-9);
    }
  }

  @Test
  void whatIsNoWorkOrWindowIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Work(2, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Work(0, 1, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HAT.peakMw(0))
        .withMessage("a window of 0.0 us");
  }
}
