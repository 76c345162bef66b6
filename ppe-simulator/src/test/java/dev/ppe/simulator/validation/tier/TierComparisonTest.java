package dev.ppe.simulator.validation.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.validation.statistics.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class TierComparisonTest {
  @Test
  void everyNetworkIsComparedOnEveryPreset() {
    TierReport report = TierComparison.run(9);

    assertThat(report.networks()).isEqualTo(9);
    assertThat(report.lines())
        .filteredOn(line -> line.space().equals("NAS-Bench-201"))
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line.networks()).hasSize(4));
    assertThat(report.lines())
        .filteredOn(line -> line.space().equals("bottlenecks"))
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line.networks()).hasSize(5));
    assertThat(report.met()).isTrue();
  }

  @Test
  void aTierThatRanksTheOtherWayMissesItsTargets() {
    TierLine line =
        new TierLine(
            "space",
            "preset",
            List.of(
                new TierLine.Outcome("a", new Pair(1, 3)),
                new TierLine.Outcome("b", new Pair(2, 2)),
                new TierLine.Outcome("c", new Pair(3, 1))));

    assertThat(line.agreement().spearmanRho()).hasValue(-1);
    assertThat(line.verdicts()).hasSize(2).noneMatch(verdict -> verdict.met());
    assertThat(new TierReport(3, List.of(line)).met()).isFalse();
  }
}
