package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Data sheets that make no sense, or that the model does not cover, are refused. */
class DramTimingTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("geometry.channels is 0, must be between 1 and 64", part -> part.channels = 0),
        fault("geometry.banks_per_channel is 65", part -> part.banks = 65),
        fault("geometry.burst_bytes is 0", part -> part.burstBytes = 0),
        fault(
            "geometry.row_bytes is 60, must be a multiple of geometry.burst_bytes, 8",
            part -> part.rowBytes = 60),
        fault(
            "geometry.interleave_bytes is 12, must be a multiple of geometry.burst_bytes, 8",
            part -> part.interleaveBytes = 12),
        fault("column.burst_cycles is 0", part -> part.burstCycles = 0),
        fault("column.t_cl is 0", part -> part.tCl = 0),
        fault("column.t_cwl is -1", part -> part.tCwl = -1),
        fault("column.t_rtw is 7, must be at least 8: so that written", part -> part.tRtw = 7),
        fault("column.t_wtr is 0", part -> part.tWtr = 0),
        fault("row.t_rcd is 0", part -> part.tRcd = 0),
        fault("row.t_rp is 65537", part -> part.tRp = 65_537),
        fault("row.t_ras is 6, must be at least 7: row.t_rcd", part -> part.tRas = 6),
        fault("row.t_rtp is 0", part -> part.tRtp = 0),
        fault("row.t_wr is 0", part -> part.tWr = 0),
        fault("row.t_rrd is 0", part -> part.tRrd = 0),
        fault("row.t_faw is 0", part -> part.tFaw = 0),
        fault("refresh.t_rfc is 29, must be at least 30: the largest", part -> part.tRfc = 29),
        // The longest drain is tRAS 20, then tRP 8, tRFC 50, tRCD 7, and one cycle for a burst.
        fault("refresh.t_refi is 85, must be at least 86: so that", part -> part.tRefi = 85));
  }

  private static Arguments fault(String message, Consumer<TestPart> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refusesWithTheNameOfTheField(String message, Consumer<TestPart> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(change))
        .withMessageStartingWith(message);
  }

  @Test
  void theTightestRefreshStillLetsEveryByteThrough() {
    DramTiming tight = with(part -> part.tRefi = 86);
    assertThat(TestPart.activity(tight, Access.read(0, 0, 640)).readBytes()).isEqualTo(640);
  }

  @Test
  void peakIsOneBurstAfterAnotherInAllChannels() {
    assertThat(with(part -> part.channels = 3).peakBytesPerSecond()).isEqualTo(6_000_000_000L);
  }
}
