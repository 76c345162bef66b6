package dev.ppe.simulator.validation.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.validation.energy.EnergyFinding.Exhibit;
import dev.ppe.simulator.validation.energy.EnergyFinding.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnergyChecksTest {
  private static final List<EnergyFinding> FINDINGS = EnergyChecks.examine();

  static List<EnergyFinding> findings() {
    return FINDINGS;
  }

  private static double figure(Exhibit exhibit, String name) {
    return exhibit.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("findings")
  void itHolds(EnergyFinding finding) {
    assertThat(finding.holds()).as(finding.reason()).isTrue();
    assertThat(finding.exhibits()).isNotEmpty();
    assertThat(finding.exhibits())
        .allSatisfy(
            exhibit ->
                assertThat(exhibit.figures().stream().map(Figure::name).toList())
                    .isEqualTo(
                        finding.exhibits().getFirst().figures().stream()
                            .map(Figure::name)
                            .toList()));
  }

  /**
   * The load has to be full: with a line of weights for 32 positions Coral cannot go beyond 2/3.
   */
  @Test
  void theFullestLoadKeepsUseNearWhatTheMachineAllows() {
    Exhibit fullest = FINDINGS.getFirst().exhibits().getFirst();

    assertThat(figure(fullest, "use")).isBetween(0.55, 32 / 48.0);
    assertThat(figure(fullest, "average W")).isBetween(1.0, 2.0);
    assertThat(figure(fullest, "TOPS/W")).isLessThanOrEqualTo(2.0);
  }

  @Test
  void theFamilyIsWhole() {
    EnergyFinding trend =
        FINDINGS.stream().filter(finding -> finding.id().equals("trend")).findFirst().orElseThrow();

    assertThat(trend.exhibits()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(trend.exhibits())
        .isSortedAccordingTo((a, b) -> Double.compare(figure(a, "ms"), figure(b, "ms")));
  }

  /** What makes the difference is where the energy goes, not the time. */
  @Test
  void networksOfEqualLatencyDifferInPower() {
    for (EnergyFinding finding : FINDINGS) {
      if (finding.id().equals("equal-latency")) {
        Exhibit computing = finding.exhibits().get(0);
        Exhibit fetching = finding.exhibits().get(1);
        assertThat(figure(fetching, "ms") / figure(computing, "ms")).isBetween(0.95, 1.05);
        assertThat(figure(computing, "W above idle"))
            .isGreaterThan(1.1 * figure(fetching, "W above idle"));
      }
    }
  }
}
