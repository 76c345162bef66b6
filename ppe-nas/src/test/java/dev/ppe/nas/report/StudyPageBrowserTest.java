package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.ppe.client.PpeClient;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.nas.study.Trial;
import dev.ppe.report.Browser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of 10,000 trials in a real browser; it is loaded once. */
class StudyPageBrowserTest {
  private static final int TRIALS = 10_000;
  private static final String ALL = "All 10,000 trials";
  private static final String SHOWN = "document.querySelector('.selection-bar strong').textContent";

  @TempDir private static Path folder;

  private static Browser browser;
  private static Study study;
  private static List<Trial> candidates;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start();
    Path file = folder.resolve("study.db");
    SyntheticStudy.create(
        file, Spaces.text("mobilenet-edgetpu-v2"), "quality, latency<=1100us", TRIALS, TRIALS, 7);
    study = StudyFile.read(file);
    StudyReport report = StudyReport.of(study, List.of());
    candidates = CandidateChoice.of(report, 2);
    List<Detail> details = new ArrayList<>();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      Details evaluate = new Details(client::estimate);
      candidates.forEach(trial -> details.add(evaluate.ofTrial(study, trial)));
      details.add(evaluate.ofModel(study, "mobilenet_edgetpu_v2_xs", 0));
    }
    Path page = folder.resolve("study.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      StudyPage.write(report, details, out);
    }
    browser.prefersDark(false);
    browser.open(page);
    browser.await("document.documentElement.dataset.ready");
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsWrongAndEverythingIsSelectedAgain() {
    assertThat(browser.consoleErrors()).isEmpty();
    browser.run("location.hash = ''; document.querySelector('#clear-selection').click()");
    browser.await(SHOWN + " === '" + ALL + "'");
    settle();
  }

  /** Views follow a selection one after the other. */
  private static void settle() {
    browser.await("document.documentElement.dataset.settled === 'true'");
  }

  private static void awaitSelection() {
    browser.await(SHOWN + " !== '" + ALL + "'");
    settle();
  }

  private static int selected() {
    return Integer.parseInt(
        ((String) browser.run("return " + SHOWN)).replaceAll(" of .*", "").replace(",", ""));
  }

  private static int rows() {
    return (int)
        browser.number(
            "Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1");
  }

  /** Chooses in a drop-down list, as a keyboard does. */
  private static void choose(String selector, String value) {
    browser.run(
        "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
            + "s.dispatchEvent(new Event('change'))",
        selector,
        value);
  }

  @Test
  void everyViewIsDrawn() {
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.texts("#study h2"))
        .containsExactly(
            "Pareto front",
            "Parameters and figures",
            "Which parameters matter",
            "How the search went",
            "Trials",
            "About this study");
    assertThat(rows()).isEqualTo(TRIALS);
    assertThat(browser.find("#status").getText())
        .contains("capacity proxy")
        .contains("not its accuracy");
  }

  @Test
  void aBoxOverTheFrontSelectsInEveryView() {
    browser.drag("#front .chart", 0.12, 0.2, 0.45, 0.6);
    awaitSelection();
    int boxed = selected();
    assertThat(boxed).isPositive().isLessThan(TRIALS).isEqualTo(rows());
    assertThat(browser.texts(".selection-bar .chip").getFirst())
        .contains("latency")
        .contains("quality");
    choose(".filters .select", "front");
    browser.await(SHOWN + " !== '%,d of 10,000 trials'".formatted(boxed));
    settle();
    assertThat(selected()).isPositive().isLessThan(boxed).isEqualTo(rows());
  }

  /** The last axis is the quality's, 64 pixels from the right. */
  @Test
  void aDragAlongAnAxisSelects() {
    double axis = 1 - 64 / browser.number("document.querySelector('#parallel .chart').clientWidth");
    browser.drag("#parallel .chart", axis, 0.4, axis, 0.8);
    awaitSelection();
    assertThat(selected()).isPositive().isLessThan(TRIALS).isEqualTo(rows());
    assertThat(browser.texts(".selection-bar .chip").getFirst()).startsWith("quality");
  }

  @Test
  void filtersSelectWithoutAMouse() {
    choose(".filters label:nth-of-type(2) select", "latency_us");
    browser.type("input[aria-label='latency to']", "900");
    long expected =
        study.trials().stream()
            .flatMap(trial -> trial.metrics().stream())
            .filter(metrics -> metrics.get(Metric.LATENCY) <= 900)
            .count();
    browser.await(SHOWN + " === '%,d of 10,000 trials'".formatted(expected));
    settle();
    assertThat(rows()).isEqualTo((int) expected);
    browser.type("#find", "alert"); // which is in the reasons of failures alone
    browser.await(SHOWN + ".startsWith('0 of')");
    settle();
    assertThat(rows()).isZero();
  }

  @Test
  void whatIsSavedIsWhatTheCommandLineWrites() {
    browser.run(
        """
        URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return ""; };
        HTMLAnchorElement.prototype.click = () => {};
        """);
    choose(".filters .select", "front");
    awaitSelection();
    browser.run("document.querySelector('#export-csv').click()");
    browser.await("window.saved");
    List<Trial> front =
        StudyReport.of(study, List.of()).front().stream()
            .sorted(Comparator.comparingLong(Trial::number))
            .toList();
    StringWriter expected = new StringWriter();
    new TrialCsv(new PrintWriter(expected)).write(study, front);
    assertThat((String) browser.run("return window.saved")).isEqualTo(expected.toString());

    browser.run("window.saved = undefined; document.querySelector('#export-json').click()");
    browser.await("window.saved");
    StringWriter lines = new StringWriter();
    new TrialJson(new PrintWriter(lines)).write(study, front);
    assertThat(((String) browser.run("return window.saved")).lines().map(JsonParser::parseString))
        .containsExactlyElementsOf(lines.toString().lines().map(JsonParser::parseString).toList());

    browser.run("document.querySelector('#export-models').click()");
    assertThat(browser.find(".export-command code").getText())
        .startsWith("ppe nas export study.db --select ids=%d,".formatted(front.getFirst().number()))
        .endsWith(" --output study-selected");
    browser.run("document.querySelector('#export-models').click()");
  }

  @Test
  void aTrialIsOpenedFromTheTableByKeyboardAndLeftAgain() {
    browser.run("document.querySelector('[role=grid]').focus()");
    browser.type("[role=grid]", Keys.HOME, Keys.ENTER);
    browser.await("document.querySelector('#candidate-title')");
    assertThat(browser.find("#candidate-title").getText()).startsWith("Trial ");
    assertThat(browser.holds("document.getElementById('study').hidden")).isTrue();
    browser.click("#back");
    browser.await("!document.getElementById('study').hidden");
  }

  @Test
  void aTrialInFullIsComparedWithABuiltInNetwork() {
    browser.run("location.hash = 'trial=%d'".formatted(candidates.getFirst().number()));
    browser.await("document.querySelectorAll('#candidate-model canvas').length > 1");
    choose(".compare-with select", "model-0");
    browser.await("document.querySelector('#candidate-model #model-compare')");
    browser.await("document.querySelector('#candidate-model[data-ready]')");
    assertThat(browser.find("#candidate-model").getText()).contains("mobilenet_edgetpu_v2_xs");
  }

  @Test
  void aTrialWithoutLayersSaysHowToGetThem() {
    long other =
        study.trials().stream()
            .filter(trial -> trial.metrics().isPresent() && !candidates.contains(trial))
            .findFirst()
            .orElseThrow()
            .number();
    browser.run("location.hash = 'trial=%d'".formatted(other));
    browser.await("document.querySelector('#missing')");
    assertThat(browser.texts("#missing code"))
        .containsExactly(
            "ppe nas report study.db --candidates ids=" + other, "ppe nas serve-report study.db");
  }

  @Test
  void aPhoneInTheDarkShowsAllOfItWithoutScrollingSideways() {
    browser.prefersDark(true);
    browser.size(390, 844);
    browser.await("document.querySelector('#front .chart canvas').clientWidth < 390");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    assertThat(browser.holds("document.documentElement.dataset.theme === 'dark'")).isTrue();
    assertThat(browser.blankCharts()).isEmpty();
    browser.prefersDark(false);
    browser.size(1280, 900);
    browser.await("document.querySelector('#front .chart canvas').clientWidth > 390");
  }
}
