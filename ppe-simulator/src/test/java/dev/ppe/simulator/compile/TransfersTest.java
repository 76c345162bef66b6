package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On "small", whose cores take 4 inputs at once. */
class TransfersTest {
  private static final Transfers LINK = new Transfers(AcceleratorBuilder.small().build());
  private static final Transfers SHARED =
      new Transfers(AcceleratorBuilder.small().dram(2_000_000_000, 50).withoutHostLink().build());
  private static final Transfers BOTH =
      new Transfers(AcceleratorBuilder.small().dram(2_000_000_000, 50).build());

  private static Tensor map(int side, int channels) {
    return Tensor.activation("map", Shape.of(1, side, side, channels), DataType.INT8);
  }

  /** Inputs go packed: 5 x 5 x 3 = 75 bytes are ten words of 8. */
  @ParameterizedTest
  @CsvSource({"5, 3, 80", "4, 3, 48", "1, 1, 8", "8, 16, 1024"})
  void inputsTakeWholeWordsOfTheLink(int side, int channels, long bytes) {
    assertThat(LINK.inputBytes(map(side, channels))).isEqualTo(bytes);
  }

  /** 7 x 7 x 10 go as 7 x 7 x 12 = 588 bytes, 74 words of 8; 5 x 5 x 3 as 5 x 5 x 4. */
  @ParameterizedTest
  @CsvSource({"7, 10, 592", "5, 3, 104", "1, 1, 8", "1, 1001, 1008", "8, 16, 1024"})
  void outputsHaveTheirChannelsPadded(int side, int channels, long bytes) {
    assertThat(LINK.outputBytes(map(side, channels))).isEqualTo(bytes);
  }

  @Test
  void paddedElementsAreAsWideAsTheOthers() {
    Tensor wide = Tensor.activation("wide", Shape.of(1, 3), DataType.INT32);

    assertThat(LINK.outputBytes(wide)).isEqualTo(4 * 4);
    assertThat(LINK.inputBytes(wide)).isEqualTo(16); // 12, in words of 8
  }

  @Test
  void inSharedMemoryNothingIsPadded() {
    assertThat(SHARED.inputBytes(map(5, 3))).isEqualTo(75);
    assertThat(SHARED.outputBytes(map(7, 10))).isEqualTo(490);
  }

  @Test
  void theHostIsReachedOverTheLinkAndMemoryWhereItIs() {
    assertThat(LINK.hostRoute(true)).isEqualTo(Resource.LINK_IN);
    assertThat(LINK.memoryRoute(false)).isEqualTo(Resource.LINK_OUT);
    assertThat(SHARED.hostRoute(false)).isEqualTo(Resource.DRAM);
    assertThat(SHARED.memoryRoute(true)).isEqualTo(Resource.DRAM);
    assertThat(BOTH.hostRoute(true)).isEqualTo(Resource.LINK_IN);
    assertThat(BOTH.memoryRoute(true)).isEqualTo(Resource.DRAM);
  }
}
