package dev.ppe.simulator.validation.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Target.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  /** Off by 0, +10 % and -20 %. */
  private static final Agreement AGREEMENT =
      new Agreement(List.of(new Pair(10, 10), new Pair(20, 22), new Pair(50, 40)));

  private static final Agreement NONE = new Agreement(List.of());

  @Test
  void errors() {
    assertThat(new Target.MeanError(0.101).judge(AGREEMENT))
        .isEqualTo(new Verdict("mean error <= 10.1 %", "10.0 %", true));
    assertThat(new Target.MeanError(0.099).judge(AGREEMENT))
        .isEqualTo(new Verdict("mean error <= 9.9 %", "10.0 %", false));
    assertThat(new Target.WorstError(0.2).judge(AGREEMENT))
        .isEqualTo(new Verdict("worst error <= 20 %", "20.0 %", true));
    assertThat(new Target.WorstError(0.19).judge(AGREEMENT).met()).isFalse();
  }

  @Test
  void shares() {
    assertThat(new Target.Within(0.1, 0.66).judge(AGREEMENT))
        .isEqualTo(new Verdict("within 10 % on 66 % of rows", "66.7 % of rows", true));
    assertThat(new Target.Within(0.1, 0.67).judge(AGREEMENT).met()).isFalse();
    assertThat(new Target.Factor(1.25).judge(AGREEMENT))
        .isEqualTo(new Verdict("within a factor 1.25 on all rows", "100.0 % of rows", true));
    assertThat(new Target.Factor(1.24).judge(AGREEMENT).met()).isFalse();
    assertThat(new Target.Exact().judge(AGREEMENT))
        .isEqualTo(new Verdict("exact on all rows", "33.3 % of rows", false));
  }

  @Test
  void bounds() {
    assertThat(new Target.NeverAbove(50).judge(AGREEMENT))
        .isEqualTo(new Verdict("never above 50", "40 at most, measured 50", true));
    assertThat(new Target.NeverAbove(49).judge(AGREEMENT).met()).isFalse();
    Agreement tooMuch = new Agreement(List.of(new Pair(10, 1_200)));
    assertThat(new Target.NeverAbove(1_199).judge(tooMuch))
        .isEqualTo(new Verdict("never above 1,199", "1,200 at most, measured 10", false));
  }

  @Test
  void coefficients() {
    // mean 26.67, total 866.67, residual 104
    assertThat(new Target.Determination(0.88).judge(AGREEMENT))
        .isEqualTo(new Verdict("R2 >= 0.88", "0.8800", true));
    assertThat(new Target.Determination(0.8801).judge(AGREEMENT).met()).isFalse();
    assertThat(new Target.LogDetermination(0.95).judge(AGREEMENT).met()).isTrue();
    assertThat(new Target.RankCorrelation(0.9).judge(AGREEMENT))
        .isEqualTo(new Verdict("tau >= 0.9", "1.0000", true));
  }

  @Test
  void nothingMeetsNoTarget() {
    for (Target target :
        List.of(
            new Target.MeanError(1),
            new Target.WorstError(1),
            new Target.Within(1, 0),
            new Target.Factor(9),
            new Target.Exact(),
            new Target.NeverAbove(1),
            new Target.Determination(0),
            new Target.LogDetermination(0),
            new Target.RankCorrelation(0))) {
      assertThat(target.judge(NONE).met()).isFalse();
      assertThat(target.judge(NONE).reached()).isEqualTo("-");
    }
  }
}
