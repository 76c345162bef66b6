package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.TestPart.activity;
import static dev.ppe.simulator.dram.TestPart.finish;
import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Addresses take turns over the channels. */
class InterleavingTest {
  private static final DramTiming TWO_CHANNELS = with(part -> part.channels = 2);

  @Test
  void channelsMoveTheirPartsAtTheSameTime() {
    assertThat(finish(TWO_CHANNELS, read(0, 0, 64))).isEqualTo(21 + 7 * 4);
    assertThat(finish(TWO_CHANNELS, read(0, 0, 128))).isEqualTo(21 + 7 * 4);
  }

  @Test
  void theFullerChannelDecidesWhenAnAccessEnds() {
    assertThat(finish(TWO_CHANNELS, read(0, 48, 64))).isEqualTo(21 + 5 * 4);
  }

  @Test
  void whatIsContiguousStaysSoInEachChannel() {
    // The second 64 bytes of channel 0 lie at 128, in its next row.
    assertThat(activity(TWO_CHANNELS, read(0, 0, 128)).activates()).isEqualTo(2);
    assertThat(activity(TWO_CHANNELS, read(0, 0, 136)).activates()).isEqualTo(3);
    DramTiming fine =
        with(
            part -> {
              part.channels = 2;
              part.interleaveBytes = 8;
            });
    assertThat(activity(fine, read(0, 0, 8)).activates()).isEqualTo(1);
    assertThat(activity(fine, read(0, 0, 128)).activates()).isEqualTo(2);
    assertThat(activity(fine, read(0, 8, 128)).activates()).isEqualTo(3);
  }

  @Test
  void aChannelThatHasNothingToMoveDoesNothing() {
    assertThat(activity(TWO_CHANNELS, read(0, 64, 8)).activates()).isEqualTo(1);
  }

  @Test
  void aBurstIsMovedAsAWhole() {
    assertThat(activity(TWO_CHANNELS, read(0, 7, 1)).readBytes()).isEqualTo(8);
    assertThat(activity(TWO_CHANNELS, read(0, 7, 2)).readBytes()).isEqualTo(16);
    assertThat(activity(TWO_CHANNELS, read(0, 63, 2)).readBytes()).isEqualTo(16);
  }

  @Test
  void bytesMovedAreTheBurstsThatBytesWereAskedOf() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      long burst = timing.geometry().burstBytes();
      long address = random.nextInt(100_000);
      long bytes = 1L + random.nextInt(20_000);
      Dram dram = new Dram(timing, timing.clockHz());
      boolean write = random.nextBoolean();
      DramActivity activity = dram.activity(dram.access(0, address, bytes, write));

      long moved = (Math.ceilDiv(address + bytes, burst) - address / burst) * burst;
      assertThat(activity.readBytes()).isEqualTo(write ? 0 : moved);
      assertThat(activity.writeBytes()).isEqualTo(write ? moved : 0);
    }
  }
}
