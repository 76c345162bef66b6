package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.nas.study.Trial;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What there is to say of a study, by hand. */
class StudyReportTest {
  private static final String TWO_GOALS = "quality, latency";

  /** Latency and quality of each trial; a quality of 0 is a failure. */
  private static StudyReport report(String objective, double[]... trials) {
    return StudyReport.of(SyntheticStudy.of(objective, trials));
  }

  private static List<Long> numbers(List<Trial> trials) {
    return trials.stream().map(Trial::number).toList();
  }

  @Test
  void theBestSoFarIsOfThoseThatKeepTheLimits() {
    StudyReport report =
        report(
            "quality, latency<=100us",
            new double[] {90, 1},
            new double[] {200, 9},
            new double[] {80, 0},
            new double[] {99, 3},
            new double[] {50, 2},
            new double[] {100, 4});
    Convergence quality = report.convergence().getFirst();
    assertThat(quality.label()).isEqualTo("quality");
    assertThat(quality.steps()).containsExactly(new Step(0, 1), new Step(3, 3), new Step(5, 4));
    assertThat(numbers(report.best())).containsExactly(5L, 3L, 4L, 0L);
  }

  @Test
  void costsConvergeDownwards() {
    StudyReport report =
        report(TWO_GOALS, new double[] {90, 1}, new double[] {95, 2}, new double[] {40, 1});
    Convergence latency = report.convergence().get(1);
    assertThat(latency.label()).isEqualTo("latency");
    assertThat(latency.steps()).containsExactly(new Step(0, 90), new Step(2, 40));
    assertThat(report.best()).isEmpty();
  }

  /** The front is (100, 5), (205, 9), (300, 20): the reference is a tenth of its extent beyond. */
  @Test
  void theHypervolumeIsOfTheBoxAroundTheLastFront() {
    StudyReport report =
        report(TWO_GOALS, new double[] {205, 9}, new double[] {300, 20}, new double[] {100, 5});
    FrontVolume volume = report.volume().orElseThrow();
    assertThat(volume.axes()).containsExactly(Metric.LATENCY, Metric.QUALITY);
    assertThat(volume.reference()).containsExactly(320.0, 3.5);
    assertThat(volume.ideal()).containsExactly(100.0, 20.0);
    double box = 220 * 16.5;
    double first = 115 * 5.5; // 320 - 205 by 9 - 3.5
    double second = first + 20 * 11; // above 9: 320 - 300 by 20 - 9
    double third = second + 105 * 1.5; // left of 205: 205 - 100 by 5 - 3.5
    assertThat(volume.steps().stream().map(Step::trial)).containsExactly(0L, 1L, 2L);
    assertThat(volume.steps().get(0).value()).isCloseTo(first / box, within(1e-12));
    assertThat(volume.steps().get(1).value()).isCloseTo(second / box, within(1e-12));
    assertThat(volume.steps().get(2).value()).isCloseTo(third / box, within(1e-12));
  }

  @Test
  void aFrontOfOneTrialHasAVolume() {
    FrontVolume volume = report(TWO_GOALS, new double[] {100, 5}).volume().orElseThrow();
    assertThat(volume.reference().get(0)).isCloseTo(110, within(1e-9));
    assertThat(volume.reference().get(1)).isCloseTo(4.5, within(1e-9));
    assertThat(volume.steps()).hasSize(1);
    assertThat(volume.steps().getFirst().value()).isCloseTo(1, within(1e-9));
  }

  @Test
  void candidatesAreTheBestAndTheFrontFromEndToEnd() {
    double[][] trials = new double[50][];
    for (int i = 0; i < trials.length; i++) {
      trials[i] = new double[] {100 + i, 1 + i}; // all on the front
    }
    StudyReport report = report("quality, latency<=1ms", trials);
    assertThat(numbers(report.best()).getFirst()).isEqualTo(49);
    assertThat(numbers(CandidateChoice.of(report, 5))).hasSize(5).contains(0L, 49L).isSorted();
    assertThat(numbers(CandidateChoice.of(report, 1))).containsExactly(49L);
    assertThat(CandidateChoice.of(report, 0)).isEmpty();
    assertThat(numbers(CandidateChoice.of(report, 500))).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void aStudyWithoutTrialsHasAReport() {
    StudyReport report = report(TWO_GOALS);
    assertThat(report.front()).isEmpty();
    assertThat(report.volume()).isEmpty();
    assertThat(report.importances()).isEmpty();
    assertThat(report.convergence()).allMatch(each -> each.steps().isEmpty());
  }

  @Test
  void hugeFiguresHaveAReportWithoutWhatCannotBeSaidOfThem() throws IOException {
    double[][] trials = new double[60][];
    for (int i = 0; i < trials.length; i++) {
      trials[i] = new double[] {(100 + i) * 1e180, (1 + i % 7) * 1e200};
    }
    StudyReport report = report(TWO_GOALS, trials);
    assertThat(report.front()).isNotEmpty();
    assertThat(report.volume()).isEmpty();
    assertThat(report.importances()).isEmpty();
    StringWriter page = new StringWriter();
    StudyPage.write(report, List.of(), page);
    assertThat(page.toString()).contains("\"convergence\":");
    StudyReport reward = report("mnas-soft(latency=100us)", trials);
    StudyPage.write(reward, List.of(), new StringWriter());
  }

  @Test
  void aStudyOfFailuresHasAReport() {
    StudyReport report = report(TWO_GOALS, new double[] {1, 0}, new double[] {2, 0});
    assertThat(report.front()).isEmpty();
    assertThat(report.importances()).isEmpty();
  }
}
