package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkTest {
  @Test
  void nothingTakesLessThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Work.Compute(-1))
        .withMessage("cycles of an instruction are -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Work.LinkTransfer(true, -8))
        .withMessage("bytes of an instruction are -8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddressRange(-64, 8))
        .withMessage("8 bytes from address -64 are no range");
  }

  @Test
  void aTransferMovesTheBytesOfAllItsRanges() {
    List<AddressRange> ranges = List.of(new AddressRange(0, 100), new AddressRange(4096, 28));

    assertThat(new Work.DramTransfer(ranges, false).bytes()).isEqualTo(128);
  }

  @Test
  void partsOfARangeFollowEachOtherAndHardlyDiffer() {
    AddressRange range = new AddressRange(1000, 23);

    assertThat(IntStream.range(0, 5).mapToObj(i -> range.part(i, 5)))
        .containsExactly(
            new AddressRange(1000, 5),
            new AddressRange(1005, 5),
            new AddressRange(1010, 5),
            new AddressRange(1015, 4),
            new AddressRange(1019, 4));
  }
}
