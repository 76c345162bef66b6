package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.live.StudyPages;
import dev.ppe.nas.live.StudyServer;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyListener;
import dev.ppe.nas.study.StudyRun;
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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of 10,000 trials in a real browser. */
class StudyPageBrowserTest {
  private static final int TRIALS = 10_000;
  private static final String READY = "document.documentElement.dataset.ready";
  private static final String SPACE = Spaces.text("mobilenet-edgetpu-v2");

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  private static Study study;
  private static List<Trial> candidates;
  private static Path page;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start();
    Path file = folder.resolve("study.db");
    SyntheticStudy.create(file, SPACE, "quality, latency<=1100us", TRIALS, TRIALS, 7);
    study = StudyFile.read(file);
    StudyReport report = StudyReport.of(study);
    candidates = CandidateChoice.of(report, 3);
    List<Detail> details = new ArrayList<>();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      Details evaluate = new Details(client::estimate);
      candidates.forEach(trial -> details.add(evaluate.ofTrial(study, trial)));
      details.add(evaluate.ofModel(study, "mobilenet_edgetpu_v2_xs", 0));
    }
    page = write("study.html", report, details);
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path write(String name, StudyReport report, List<Detail> details)
      throws IOException {
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file)) {
      StudyPage.write(report, details, out);
    }
    return file;
  }

  @BeforeEach
  void load() {
    browser.prefersDark(false);
    browser.size(1280, 900);
    browser.open("about:blank");
    browser.open(page);
    browser.await(READY);
  }

  private static String selected() {
    return browser.find(".selection-bar strong").getText();
  }

  private static void awaitSelection() {
    browser.await("!document.querySelector('.selection-bar strong').textContent.startsWith('All')");
    settle();
  }

  /** Views follow a selection within the next frames. */
  private static void settle() {
    browser.run(
        "window.settled = 0; const next = (n) => n ? requestAnimationFrame(() => next(n - 1))"
            + " : (window.settled = 1); next(3)");
    browser.await("window.settled");
  }

  private static int rows() {
    return (int)
        browser.number(
            "Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1");
  }

  private static int selectedCount() {
    return Integer.parseInt(selected().replaceAll(" of .*", "").replace(",", ""));
  }

  @Test
  void everyViewIsDrawnWithoutAComplaint() {
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.texts("section h2"))
        .containsExactly(
            "Pareto front",
            "Parameters and figures",
            "Which parameters matter",
            "How the search went",
            "Trials",
            "About this study");
    assertThat(selected()).isEqualTo("All 10,000 trials");
    assertThat(browser.find("#status").getText())
        .contains("capacity proxy")
        .contains("not its accuracy");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aBoxOverTheFrontSelectsInEveryView() {
    browser.drag("#front .chart", 0.15, 0.15, 0.5, 0.6);
    awaitSelection();
    assertThat(selectedCount()).isPositive().isLessThan(TRIALS).isEqualTo(rows());
    assertThat(browser.texts(".selection-bar .chip").getFirst())
        .contains("latency")
        .contains("quality");
    int boxed = selectedCount();
    browser.run(
        "document.querySelector('.filters .select').value = 'front';"
            + "document.querySelector('.filters .select').dispatchEvent(new Event('change'))");
    settle();
    assertThat(selectedCount()).isLessThan(boxed).isEqualTo(rows());
    browser.click("#clear-selection");
    settle();
    assertThat(selected()).isEqualTo("All 10,000 trials");
    assertThat(rows()).isEqualTo(TRIALS);
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aDragAlongAnAxisSelects() {
    browser.drag("#parallel .chart", axisShare(), 0.4, axisShare(), 0.8);
    awaitSelection();
    assertThat(selectedCount()).isPositive().isLessThan(TRIALS).isEqualTo(rows());
    assertThat(browser.consoleErrors()).isEmpty();
  }

  /** Where the last axis is, as a share of the chart's width. */
  private static double axisShare() {
    return 1 - 64 / browser.number("document.querySelector('#parallel .chart').clientWidth");
  }

  @Test
  void filtersSelectByKeyboard() {
    browser.run(
        "const s = [...document.querySelectorAll('.filters select')].at(-1);"
            + "s.value = 'latency_us'; s.dispatchEvent(new Event('change'))");
    browser.type("input[aria-label='latency to']", "900");
    awaitSelection();
    long expected =
        study.trials().stream()
            .filter(trial -> trial.metrics().isPresent())
            .filter(trial -> trial.metrics().get().get(dev.ppe.nas.objective.Metric.LATENCY) <= 900)
            .count();
    assertThat(selectedCount()).isEqualTo((int) expected).isEqualTo(rows());
    browser.type("#find", "alert");
    settle();
    assertThat(rows()).isZero();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void whatIsExportedIsWhatTheCommandLineWrites() {
    browser.run(
        """
        URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return ""; };
        HTMLAnchorElement.prototype.click = () => {};
        """);
    browser.run(
        "document.querySelector('.filters .select').value = 'front';"
            + "document.querySelector('.filters .select').dispatchEvent(new Event('change'))");
    awaitSelection();
    browser.click("#export-csv");
    browser.await("window.saved");
    List<Trial> front =
        StudyReport.of(study).front().stream()
            .sorted((one, other) -> Long.compare(one.number(), other.number()))
            .toList();
    StringWriter expected = new StringWriter();
    new TrialCsv(new PrintWriter(expected)).write(study, front);
    assertThat((String) browser.run("return window.saved")).isEqualTo(expected.toString());

    browser.run("window.saved = undefined");
    browser.click("#export-json");
    browser.await("window.saved");
    assertThat(((String) browser.run("return window.saved")).lines()).hasSameSizeAs(front);

    browser.click("#export-models");
    String command = browser.find(".export-command code").getText();
    assertThat(command)
        .startsWith("ppe nas export study.db --select ids=" + front.getFirst().number())
        .endsWith(" --output study-selected");
  }

  @Test
  void aTrialIsOpenedFromTheTableAndLeftAgain() {
    browser.click("[role=grid]");
    browser.type("[role=grid]", Keys.HOME, Keys.ENTER);
    browser.await("location.hash.startsWith('#trial=')");
    browser.await("document.querySelector('#candidate-title')");
    assertThat(browser.find("#candidate-title").getText()).startsWith("Trial ");
    assertThat(browser.holds("document.getElementById('study').hidden")).isTrue();
    browser.click("#back");
    browser.await("!document.getElementById('study').hidden");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aTrialInFullIsComparedWithABuiltInNetwork() {
    browser.run("location.hash = 'trial=%d'".formatted(candidates.getFirst().number()));
    browser.await("document.querySelectorAll('#candidate-model section').length > 3");
    browser.await("document.querySelectorAll('#candidate-model canvas').length > 1");
    browser.run(
        "const s = document.querySelector('.compare-with select');"
            + "s.value = 'model-0'; s.dispatchEvent(new Event('change'))");
    browser.await(
        "document.getElementById('candidate-model').textContent.includes('mobilenet_edgetpu_v2_xs')");
    assertThat(browser.consoleErrors()).isEmpty();
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
    browser.open("about:blank");
    browser.open(page);
    browser.await(READY);
    settle();
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    assertThat(browser.holds("document.documentElement.dataset.theme === 'dark'")).isTrue();
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  private static void openStudy(String name, String objective, double[]... trials)
      throws IOException {
    browser.open(write(name, StudyReport.of(SyntheticStudy.of(objective, trials)), List.of()));
    browser.await(READY);
  }

  @Test
  void anEmptyStudySaysSo() throws Exception {
    openStudy("empty.html", "quality, latency");
    assertThat(browser.find("#status").getText()).contains("There is no trial yet.");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aStudyOfFailuresSaysSo() throws Exception {
    openStudy("failed.html", "quality, latency", new double[] {1, 0}, new double[] {2, 0});
    assertThat(browser.find("#status").getText()).contains("All trials failed");
    assertThat(browser.find("[role=grid]").getText()).contains("no network");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void oneTrialOrNoneWithinTheLimitsIsDrawn() throws Exception {
    openStudy("one.html", "quality, latency<=1us", new double[] {100, 7});
    assertThat(browser.find("#status").getText())
        .contains("No trial keeps the limits")
        .contains("not at its end");
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void namesAreTextWhateverTheyHold() throws Exception {
    Path file = folder.resolve("<img src=x onerror=document.title=1>'$(x).db");
    SyntheticStudy.create(
        file,
        Spaces.text("nasbench201")
            .replaceFirst("(?m)^description:.*$", "description: \"<script>alert(1)</script>\""),
        "quality, latency",
        60,
        60,
        1);
    browser.open(write("hostile.html", StudyReport.of(StudyFile.read(file)), List.of()));
    browser.await(READY);
    assertThat(browser.find("h1").getText()).isEqualTo(file.getFileName().toString());
    assertThat(browser.all("main img")).isEmpty();
    assertThat(browser.find("#about").getText()).contains("<script>alert(1)</script>");
    browser.run("location.hash = 'trial=0'");
    assertThat(browser.find("#missing code").getText())
        .isEqualTo(
            "ppe nas report '<img src=x onerror=document.title=1>'\\''$(x).db' --candidates ids=0");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aLivePageFollowsTheSearch() throws Exception {
    Path file = folder.resolve("live.db");
    StudyFile.create(
            file, SyntheticStudy.definition(Spaces.text("nasbench201"), "quality, latency"), 30)
        .close();
    List<Throwable> faults = new ArrayList<>();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      search(file, client);
      try (StudyServer server =
          StudyServer.start(
              "127.0.0.1", 0, new StudyPages(file, new Details(client::estimate), faults::add))) {
        browser.open("http://localhost:%d/".formatted(server.address().getPort()));
        browser.await(READY);
        assertThat(selected()).isEqualTo("All 30 trials");
        try (StudyFile more = StudyFile.open(file)) {
          more.limit(55);
        }
        search(file, client);
        browser.await(
            "document.querySelector('.selection-bar strong').textContent === 'All 55 trials'");
        browser.run("location.hash = 'trial=40'");
        browser.await("document.querySelectorAll('#candidate-model section').length > 3");
        assertThat(browser.consoleErrors()).isEmpty();
      }
    }
    assertThat(faults).isEmpty();
  }

  private static void search(Path file, PpeClient client) throws InterruptedException {
    try (StudyFile open = StudyFile.open(file)) {
      new StudyRun(open, client::estimate, 2, false, StudyListener.NONE).run();
    }
  }
}
