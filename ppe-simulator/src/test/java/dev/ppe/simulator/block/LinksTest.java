package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.job.Job;
import org.junit.jupiter.api.Test;

/** "small"'s link takes a byte in a cycle in, in two out, after 100; PEs take 8 bytes a cycle. */
class LinksTest {
  private static final Accelerator SMALL =
      AcceleratorBuilder.small().dram(2_000_000_000, 50).build();

  @Test
  void theHostLinkWaitsAndThenTakesItsBytes() {
    HostLink link = HostLink.of(SMALL).orElseThrow();

    assertThat(link.cycles(true, 1000)).isEqualTo(100 + 1000);
    assertThat(link.cycles(false, 1000)).isEqualTo(100 + 2000);
  }

  @Test
  void soDoesThePortToTheDram() {
    assertThat(DramPort.of(SMALL).orElseThrow().cycles(1001)).isEqualTo(50 + 501);
    assertThat(DramPort.of(AcceleratorBuilder.small().build())).isEmpty();
  }

  @Test
  void theNetworkTakesAsLongAsThePeThatTakesMost() {
    assertThat(new PeNetwork(8).cycles(new Job.Take(161))).isEqualTo(21);
    assertThat(PeNetwork.NONE.cycles(161)).isZero();
  }
}
