package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DramPartsTest {
  /** Pins of all channels x data rate / 8, within a hundredth for rounded clocks. */
  @ParameterizedTest
  @CsvSource({"lpddr4-4266, 34128000000", "lpddr5-6400, 51200000000"})
  void peakRateIsThatOfTheDataPins(String name, long bytesPerSecond) {
    assertThat(DramParts.get(name).peakBytesPerSecond()).isEqualTo(bytesPerSecond);
  }

  @ParameterizedTest
  @MethodSource("dev.ppe.simulator.dram.DramParts#names")
  void refreshTakesLessThanATenthOfTheTime(String name) {
    DramTiming.Refresh refresh = DramParts.get(name).refresh();
    assertThat(10 * refresh.tRfc()).isLessThan(refresh.tRefi());
  }

  @ParameterizedTest
  @MethodSource("dev.ppe.simulator.dram.DramParts#names")
  void longReadsReachNineTenthsOfThePeakAndRandomOnesDoNot(String name) {
    DramTiming timing = DramParts.get(name);
    long bytes = 16 << 20;
    long finish = new Dram(timing, timing.clockHz()).access(0, 0, bytes, false);
    double peakCycles = (double) bytes * timing.clockHz() / timing.peakBytesPerSecond();
    assertThat(peakCycles / finish).isBetween(0.9, 1.0);

    Dram scattered = new Dram(timing, timing.clockHz());
    long last = 0;
    for (int i = 0; i < 1000; i++) {
      last = scattered.access(0, i * 77_777L * 64, 32, false);
    }
    assertThat(1000.0 * 32 * timing.clockHz() / timing.peakBytesPerSecond() / last).isLessThan(0.3);
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DramParts.get("ddr9"))
        .withMessage("no DRAM part is called ddr9, there are lpddr4-4266, lpddr5-6400");
  }
}
