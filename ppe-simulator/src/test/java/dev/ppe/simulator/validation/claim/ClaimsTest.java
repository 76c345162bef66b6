package dev.ppe.simulator.validation.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimsTest {
  private List<Finding> findings = List.of();

  @BeforeAll
  void examine() {
    findings = Claims.examine();
  }

  private Finding finding(String id) {
    return findings.stream().filter(finding -> finding.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void allOfThePapersClaimsAreThere() {
    assertThat(findings)
        .extracting(Finding::id)
        .containsExactly(
            "F10-1",
            "F10-2",
            "F10-3",
            "F10-4",
            "F10-5",
            "F10-6",
            "F10-7",
            "F10-8",
            "F10-9",
            "argmax",
            "mobilebert");
  }

  @Test
  void exhibitsOfAFindingHaveTheSameColumns() {
    for (Finding finding : findings) {
      Set<List<String>> columns =
          finding.exhibits().stream()
              .map(exhibit -> exhibit.measures().stream().map(Measure::name).toList())
              .collect(Collectors.toSet());
      assertThat(columns).as(finding.id()).hasSize(1);
    }
  }

  @Test
  void everyFigureIsAFigure() {
    assertThat(findings)
        .flatExtracting(Finding::exhibits)
        .flatExtracting(Exhibit::measures)
        .allSatisfy(measure -> assertThat(measure.value()).isFinite().isNotNegative());
  }

  /** Groups of 64 fill the lanes: a word of four bytes serves 256 multiply-accumulates. */
  @Test
  void activationsAreUsedOnceInDepthwiseLayersAndForAllLanesInWideGroups() {
    List<Double> bytes =
        finding("F10-9").exhibits().stream()
            .limit(4)
            .map(exhibit -> exhibit.measures().get(1).value())
            .toList();

    assertThat(bytes).containsExactly(1.0, 1 / 16.0, 1 / 64.0, 1 / 64.0);
  }

  /** What reproduced a claim once should not go unnoticed when it no longer does. */
  @Test
  void mostOfFigureTenIsReproduced() {
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.REPRODUCED)
        .extracting(Finding::id)
        .containsExactly("F10-2", "F10-3", "F10-4", "F10-5", "F10-6", "F10-8", "F10-9");
  }

  /**
   * A block halves where networks of it do not; three times as fast is a convolution of 5 x 5; and
   * of the five segmentation networks two are beside 1.3 to 1.5.
   */
  @Test
  void figuresThatAreNotReachedAreNotSaidToBe() {
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.PARTLY)
        .extracting(Finding::id)
        .containsExactly("F10-1", "F10-7", "argmax", "mobilebert");
  }

  @Test
  void findingsNameTheRuleThatPassesBesideTheWordsThatDoNotHold() {
    assertThat(finding("F10-1").reason())
        .contains("Rule (a) of the block analysis", "any kernel, passes", "do not hold");
    assertThat(finding("F10-7").reason())
        .contains("Rule (d) of the block analysis", "late one, passes", "do not hold");
  }

  /**
   * A processor without lanes to fill takes the longer, the more there is to do; some small blocks
   * are faster with more, since an operator less is to be started.
   */
  @Test
  void onAnotherMachineTheyAreNotReproduced() {
    Bench cpu = Bench.of("mobile-cpu");

    assertThat(new MoreForLess().finding(cpu).verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(new RegularAgainstDepthwise().finding(cpu).verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(new DualBlock().finding(cpu).verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(new ActivationBandwidth().finding(cpu).verdict()).isEqualTo(Verdict.REFUTED);
  }
}
