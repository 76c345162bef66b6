package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When nothing is tried again any more. */
class BudgetTest {
  private static int lossesAllowed(Budget budget) {
    int allowed = 0;
    while (budget.lost()) {
      allowed++;
    }
    return allowed;
  }

  @Test
  void atHalfOfTheTokensItEnds() {
    assertThat(lossesAllowed(new Budget(10))).isEqualTo(4);
    assertThat(lossesAllowed(new Budget(1))).isZero();
  }

  @Test
  void tenSuccessesGiveATokenBack() {
    Budget budget = new Budget(10);
    lossesAllowed(budget); // down to the half
    succeed(budget, 10);
    assertThat(lossesAllowed(budget)).isZero();
    succeed(budget, 20);
    assertThat(lossesAllowed(budget)).isEqualTo(1);
  }

  @Test
  void successesFillItNoFurtherThanFull() {
    Budget budget = new Budget(10);
    succeed(budget, 1000);
    assertThat(lossesAllowed(budget)).isEqualTo(4);
  }

  @Test
  void lossesEmptyItNoFurtherThanEmpty() {
    Budget budget = new Budget(10);
    for (int i = 0; i < 1000; i++) {
      budget.lost();
    }
    succeed(budget, 70);
    assertThat(lossesAllowed(budget)).isEqualTo(1);
  }

  private static void succeed(Budget budget, int times) {
    for (int i = 0; i < times; i++) {
      budget.succeeded();
    }
  }
}
