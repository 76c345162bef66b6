package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import org.junit.jupiter.api.Test;

/** Pieces of 100 bytes, that is 100 cycles. */
class PrefetchedPiecesTest {
  private static final int PIECE = 100;
  private static final PrefetchedPieces.Way WAY =
      (start, from, to) -> start.after((long) PIECE * (to - from), Cause.PARAMETER_FETCH, 0);

  private static PrefetchedPieces pieces(int count, long computeCycles, long operands) {
    return new PrefetchedPieces(
        Works.work(computeCycles, 0, count),
        WAY,
        count,
        new Staging(),
        Moment.START,
        Moment.START.after(operands, Cause.ACTIVATION_FETCH, 0));
  }

  /** There at 100, 200, 300, 400, 500; the last is used for 30 more. */
  @Test
  void coresThatAreFasterThanTheChannelWaitForEveryPiece() {
    PrefetchedPieces pieces = pieces(5, 30, 0);

    assertThat(pieces.allUsed().cycle()).isEqualTo(530);
    assertThat(pieces.lastThere().cycle()).isEqualTo(500);
  }

  /** From 100 on they work 5 x 250; the last piece comes when the third is used, at 850. */
  @Test
  void coresThatAreSlowerWaitForTheFirstAlone() {
    PrefetchedPieces pieces = pieces(5, 250, 0);

    assertThat(pieces.allUsed().cycle()).isEqualTo(1350);
    assertThat(pieces.lastThere().cycle()).isEqualTo(950);
  }

  /**
   * Two are there when the cores begin at 1000 and are used at 1030 and 1060. The others come from
   * 1030 on, one after the other: 1130, 1230, 1330.
   */
  @Test
  void twoPiecesWaitForCoresThatAreLate() {
    PrefetchedPieces pieces = pieces(5, 30, 1000);

    assertThat(pieces.firstUsed().cycle()).isEqualTo(1030);
    assertThat(pieces.lastThere().cycle()).isEqualTo(1330);
    assertThat(pieces.allUsed().cycle()).isEqualTo(1360);
  }

  /** There at 100 and 200; used at 130 and 230, and so on for those that there are. */
  @Test
  void aFewPiecesComeOneAfterTheOther() {
    assertThat(pieces(1, 30, 0).allUsed().cycle()).isEqualTo(130);
    assertThat(pieces(2, 30, 0).allUsed().cycle()).isEqualTo(230);
    assertThat(pieces(3, 30, 0).allUsed().cycle()).isEqualTo(330);
    assertThat(pieces(4, 30, 0).allUsed().cycle()).isEqualTo(430);
  }

  /** The first half is free at 700 and the second at 800. */
  @Test
  void aPieceComesWhenItsHalfOfTheMemoryIsFree() {
    Staging staging = new Staging();
    Moment early = Moment.START.after(700, Cause.COMPUTE, 0);
    staging.used(early, early.after(100, Cause.COMPUTE, 0));
    PrefetchedPieces pieces =
        new PrefetchedPieces(Works.work(10, 0, 2), WAY, 2, staging, Moment.START, Moment.START);
    pieces.leave(staging);

    assertThat(pieces.startCycle()).isEqualTo(700);
    assertThat(pieces.firstUsed().cycle()).isEqualTo(810);
    assertThat(pieces.lastThere().cycle()).isEqualTo(900);
    assertThat(staging.free().cycle()).isEqualTo(810);
    assertThat(staging.freeNext().cycle()).isEqualTo(910);
  }
}
