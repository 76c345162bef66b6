package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DramTest {
  @Test
  void timesAreCyclesOfTheAccelerator() {
    // DRAM cycles 0 to 21 are accelerator cycles 0 to 10.5 at half the clock.
    assertThat(new Dram(TestPart.plain(), 500_000_000).access(0, 0, 8, false)).isEqualTo(11);
    // Cycle 1 of 3 GHz is DRAM cycle 1/3: it starts at 1, ends at 22, and that is cycle 66.
    assertThat(new Dram(TestPart.plain(), 3_000_000_000L).access(1, 0, 8, false)).isEqualTo(66);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Dram dram = new Dram(TestPart.plain(), TestPart.CLOCK_HZ);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dram.access(0, 0, 0, false))
        .withMessage("bytes is 0, must be between 1 and 17179869184");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dram.access(0, -1, 8, false))
        .withMessage("address is -1, must be between 0 and 281474976710656");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dram.access(-1, 0, 8, false))
        .withMessage("start cycle is -1, must be at least 0: accesses are asked for in order");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> dram.access(1L << 55, 0, 8, false));
  }

  @Test
  void refusesAccessesOutOfOrder() {
    Dram dram = new Dram(TestPart.plain(), TestPart.CLOCK_HZ);
    dram.access(100, 0, 8, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dram.access(99, 0, 8, false))
        .withMessage("start cycle is 99, must be at least 100: accesses are asked for in order");
  }

  @Test
  void countsOnlyWhatHasEnded() {
    Dram dram = new Dram(TestPart.plain(), TestPart.CLOCK_HZ);
    dram.access(0, 0, 8, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dram.activity(20))
        .withMessage("cycle is 20, must be at least 21: all accesses have ended");
  }

  @Test
  void theLargestAccessOnTheSlowestPartDoesNotOverflow() {
    DramTiming slow =
        TestPart.with(
            part -> {
              part.burstBytes = 1;
              part.rowBytes = 1;
              part.interleaveBytes = 1;
              part.banks = 1;
              part.burstCycles = 1 << 16;
              part.tCwl = part.tCl;
              part.tRtw = 1 << 16;
              part.tRcd = 1 << 16;
              part.tRas = 1 << 16;
              part.tRp = 1 << 16;
              part.tWr = 1 << 16;
              part.tRfc = 1 << 16;
              part.tRefi = 400_000;
            });
    Dram dram = new Dram(slow, TestPart.CLOCK_HZ);
    long finish = dram.access(1L << 54, 0, 1L << 34, true);
    assertThat(finish).isGreaterThan((1L << 54) + (1L << 50));
    assertThat(dram.activity(finish).writeBytes()).isEqualTo(1L << 34);
    assertThat(dram.activity(finish).cycles().total())
        .isEqualTo(finish - (1L << 54) - slow.column().tCwl());
  }
}
