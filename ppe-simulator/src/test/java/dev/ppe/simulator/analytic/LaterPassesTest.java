package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.analytic.LaterPasses.FirstPass;
import dev.ppe.simulator.compile.Passes;
import org.junit.jupiter.api.Test;

/**
 * Blocks in round numbers, a byte a cycle: F(k) is when the operands of pass k are in, X when they
 * are exchanged, P when the weights are there, C when the cores are done, S when the results are
 * out.
 */
class LaterPassesTest {
  private static final Moment START = Moment.START;

  private static Moment fetch(Moment start, long cycles) {
    return start.after(cycles, Cause.DMA, 0);
  }

  private static Moment exchange(Moment start, long cycles) {
    return start.after(cycles, Cause.ACTIVATION_FETCH, 0);
  }

  /** What a first pass comes to that begins at 0. */
  private static LaterPasses passes(
      Channels channels, int count, long in, long network, long streamed, long compute, long out) {
    ArrayWork work = Works.work(compute, network * count, count);
    Passes passes = new Passes(count, 1, count, streamed, in * count, out * count);
    Moment fetched = fetch(START, in);
    Moment exchanged = exchange(fetched, network);
    Moment staged = exchanged.after(streamed, Cause.PARAMETER_FETCH, 0);
    Moment computed = work.then(staged, 0, 1);
    return new LaterPasses(
        new PassWork(work, passes, channels),
        false,
        new FirstPass(fetched, exchanged, staged, computed, computed, computed));
  }

  private static void take(LaterPasses passes, long computed, long stored) {
    assertThat(passes.computed().cycle()).isEqualTo(computed);
    assertThat(passes.stored(passes.computed()).cycle()).isEqualTo(stored);
  }

  /** C: 10 + 50, and then 3 x 50. */
  @Test
  void coresThatAreSlowestNeverWait() {
    take(passes(Works.TWO_WAYS, 4, 10, 0, 0, 50, 5), 210, 215);
  }

  /** F: 100, 200, 300, 400; C(3) 30 later, and S(3) 20 after that. */
  @Test
  void blocksThatComeSlowlySetThePace() {
    take(passes(Works.TWO_WAYS, 4, 100, 0, 0, 30, 20), 430, 450);
  }

  /** X: 10 + 90 = 100, then 190, 280, 370; C(3) 30 later. */
  @Test
  void aNetworkThatIsSlowestSetsThePace() {
    take(passes(Works.TWO_WAYS, 4, 10, 90, 0, 30, 0), 400, 400);
  }

  /** S: 10 + 30 + 100 = 140, then 240, 340, 440; C(3) has waited for S(1) until 240. */
  @Test
  void resultsThatLeaveSlowlySetThePace() {
    take(passes(Works.TWO_WAYS, 4, 10, 0, 0, 30, 100), 270, 440);
  }

  /**
   * F(0) 50, F(1) 100, C(0) 80, S(0) 150, F(2) 200, C(1) 130, S(1) 250, C(2) 230, S(2) 300: the
   * channel never rests.
   */
  @Test
  void onOneChannelOperandsAndResultsTakeTurns() {
    take(passes(Works.ONE_WAY, 3, 50, 0, 0, 30, 50), 230, 300);
  }

  /**
   * Each part takes 40. F(0) 40, X(0) 80, C(0) 120; F(1) 80, X(1) 120, C(1) 160; F(2) waits for
   * C(0): 160, X(2) 200, C(2) 240; F(3) for C(1): 200, X(3) 240, C(3) 280; C(4) 360.
   */
  @Test
  void blocksWaitForRoomThatThoseTwoPassesBeforeLeave() {
    take(passes(Works.TWO_WAYS, 3, 40, 40, 0, 40, 0), 240, 240);
    take(passes(Works.TWO_WAYS, 4, 40, 40, 0, 40, 0), 280, 280);
    take(passes(Works.TWO_WAYS, 5, 40, 40, 0, 40, 0), 360, 360);
  }

  /** P(0) 10 + 100, C(0) 160; then P and C in turn, 150 a pass. */
  @Test
  void parametersThatAreNotPrefetchedComeWhenTheCoresAreDone() {
    take(passes(Works.TWO_WAYS, 3, 10, 0, 100, 50, 0), 460, 460);
  }

  /** P(0) 110, C(0) 160, S(0) 180, P(1) 280, C(1) 330, S(1) 350, P(2) 450, C(2) 500, S(2) 520. */
  @Test
  void onOneChannelTheyAlsoWaitForTheResultsBefore() {
    take(passes(Works.ONE_WAY, 3, 10, 0, 100, 50, 20), 500, 520);
  }

  /** P(0) 160, F(1) 210, X(1) 310, P(1) 410; F(2) 460, X(2) 560, P(2) 660; C(2) 670. */
  @Test
  void operandsThatTakeLongerThanTheCoresHoldUpTheParameters() {
    take(passes(Works.TWO_WAYS, 3, 50, 100, 100, 10, 0), 770 - 10, 770 - 10);
  }
}
