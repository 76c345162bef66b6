package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five pieces of 100 cycles, which begin to come at 0. */
class StayingPiecesTest {
  private static StayingPieces pieces(long computeCycles, long operands) {
    return StayingPieces.of(
        Works.work(computeCycles, 0, 5),
        (start, from, to) -> start.after(100L * (to - from), Cause.PARAMETER_FETCH, 0),
        5,
        Moment.START,
        Moment.START.after(operands, Cause.ACTIVATION_FETCH, 0));
  }

  /** However slow the cores are, no piece waits for room. */
  @ParameterizedTest
  @CsvSource({"30", "100", "250"})
  void allComeOneAfterTheOther(long computeCycles) {
    assertThat(pieces(computeCycles, 0).lastThere().cycle()).isEqualTo(500);
  }

  @Test
  void coresBeginWithTheFirst() {
    assertThat(pieces(250, 0).firstUsed().cycle()).isEqualTo(350);
    assertThat(pieces(250, 0).allUsed().cycle()).isEqualTo(100 + 5 * 250);
  }

  @Test
  void fasterCoresEndWithTheLast() {
    assertThat(pieces(30, 0).allUsed().cycle()).isEqualTo(530);
  }

  /** Operands at 400: the last piece is there before the first is used up. */
  @Test
  void theyAreThereWhenOperandsAreLate() {
    assertThat(pieces(30, 400).firstUsed().cycle()).isEqualTo(430);
    assertThat(pieces(30, 400).allUsed().cycle()).isEqualTo(550);
  }
}
