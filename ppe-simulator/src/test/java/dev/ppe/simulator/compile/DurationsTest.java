package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.block.HostLink;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.job.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "small"'s PEs take 8 bytes a cycle from others; its link is faster in than out. */
class DurationsTest {
  private static final Accelerator SMALL =
      AcceleratorBuilder.small().dram(2_000_000_000, 50).build();

  private static long cycles(Work work) {
    return new Durations(SMALL).cycles(work);
  }

  @Test
  void aTransferTakesWhatItsWayDoes() {
    HostLink link = HostLink.of(SMALL).orElseThrow();
    DramPort port = DramPort.of(SMALL).orElseThrow();
    List<AddressRange> two = List.of(new AddressRange(0, 600), new AddressRange(1000, 401));

    assertThat(cycles(new Work.LinkTransfer(true, 1000))).isEqualTo(link.cycles(true, 1000));
    assertThat(cycles(new Work.LinkTransfer(false, 1000))).isEqualTo(link.cycles(false, 1000));
    assertThat(cycles(new Work.DramTransfer(two, true))).isEqualTo(port.cycles(1001));
  }

  /** 161 bytes are 21 cycles. */
  @Test
  void partsShareTheCyclesOfTheirJob() {
    Job.Take take = new Job.Take(161);

    assertThat(cycles(new Work.Exchange(161, take, Job.Part.WHOLE))).isEqualTo(21);
    assertThat(cycles(new Work.Exchange(81, take, Job.Part.of(0, 2)))).isEqualTo(11);
    assertThat(cycles(new Work.Exchange(80, take, Job.Part.of(1, 2)))).isEqualTo(10);
  }

  /** Most parts of -1 cycles would be none at all: it is the whole job's that are looked at. */
  @Test
  void cyclesThatWereCountedBeyond63BitsAreNoTime() {
    Work last = new Work.Exchange(0, new Job.Take(-8), Job.Part.of(63, 64));

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> cycles(last))
        .withMessageContaining("Take[bytes=-8]")
        .withMessageEndingWith(" takes -1 cycles");
  }
}
