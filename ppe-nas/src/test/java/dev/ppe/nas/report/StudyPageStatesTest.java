package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.ppe.client.PpeClient;
import dev.ppe.nas.live.StudyPages;
import dev.ppe.nas.live.StudyServer;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.PredictedStudies;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyListener;
import dev.ppe.nas.study.StudyRun;
import dev.ppe.nas.study.SyntheticStudy;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of studies that are empty, failed, running or hostile, in a real browser. */
class StudyPageStatesTest {
  private static final String READY = "document.documentElement.dataset.ready";
  private static final String SHOWN = "document.querySelector('.selection-bar strong').textContent";

  @TempDir private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsWrong() {
    assertThat(browser.consoleErrors()).isEmpty();
  }

  private static void open(String name, StudyReport report) throws IOException {
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file)) {
      StudyPage.write(report, List.of(), out);
    }
    browser.open(file);
    browser.await(READY);
  }

  private static void open(String name, String objective, double[]... trials) throws IOException {
    open(name, StudyReport.of(SyntheticStudy.of(objective, trials)));
  }

  private static String status() {
    return browser.find("#status").getText();
  }

  @Test
  void anEmptyStudySaysSo() throws Exception {
    open("empty.html", "quality, latency");
    assertThat(status()).contains("There is no trial yet.");
  }

  @Test
  void aStudyOfFailuresSaysSo() throws Exception {
    open("failed.html", "quality, latency", new double[] {1, 0}, new double[] {2, 0});
    assertThat(status()).contains("All trials failed");
    assertThat(browser.find("[role=grid]").getText()).contains("no network");
  }

  @Test
  void aStudyInWhichNothingKeepsTheLimitsIsDrawn() throws Exception {
    open("over.html", "quality, latency<=1us", new double[] {100, 7});
    assertThat(status()).contains("No trial keeps the limits").contains("not at its end");
    assertThat(browser.blankCharts()).isEmpty();
  }

  /** Three goals, of which trials have two figures: each fails, and the page says why. */
  @Test
  void missingMetricsAreSaid() throws Exception {
    open("missing.html", "quality, latency, energy", new double[] {100, 7}, new double[] {90, 8});
    assertThat(status()).contains("All trials failed");
    assertThat(browser.find("[role=grid]").getText()).contains("energy is not known");
  }

  @Test
  void rewardsAreFiguresToo() throws Exception {
    open(
        "reward.html",
        "mnas-soft(latency=100us)",
        new double[] {100, 7},
        new double[] {120, 8},
        new double[] {80, 6});
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.texts("[role=columnheader]")).contains("mnas-soft");
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
    open("hostile.html", StudyReport.of(StudyFile.read(file)));
    assertThat(browser.find("h1").getText()).isEqualTo(file.getFileName().toString());
    assertThat(browser.all("main img")).isEmpty();
    assertThat(browser.find("#about").getText()).contains("<script>alert(1)</script>");
    browser.run("location.hash = 'trial=0'");
    assertThat(browser.find("#missing code").getText())
        .isEqualTo(
            "ppe nas report '<img src=x onerror=document.title=1>'\\''$(x).db' --candidates ids=0");
  }

  @Test
  void aLivePageFollowsTheSearchAndEvaluatesWhatIsOpened() throws Exception {
    Path file = folder.resolve("live.db");
    StudyFile.create(
            file, SyntheticStudy.definition(Spaces.text("nasbench201"), "quality, latency"), 25)
        .close();
    List<Throwable> faults = new ArrayList<>();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      searchUpTo(25, file, client);
      try (StudyServer server =
          StudyServer.start(
              "127.0.0.1", 0, new StudyPages(file, new Details(client::estimate), faults::add))) {
        browser.open("http://localhost:%d/".formatted(server.address().getPort()));
        browser.await(READY);
        browser.await(SHOWN + " === 'All 25 trials'");
        searchUpTo(50, file, client);
        browser.await(SHOWN + " === 'All 50 trials'");
        browser.await("document.documentElement.dataset.settled === 'true'");
        browser.click("[data-key=trial] button"); // the newest first
        assertThat(browser.find(".table-row").getText()).contains("49").doesNotContain("–");
        browser.run("location.hash = 'trial=40'");
        browser.await("document.querySelectorAll('#candidate-model section').length > 3");
        browser.open("about:blank");
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Of four trials, of which three are winners that the page sees re-costed while it is open. */
  @Test
  void predictedCostsStandBesideThoseOfTheServiceWhichComeLast() throws Exception {
    Path path = folder.resolve("predicted.db");
    try (StudyFile file = StudyFile.create(path, PredictedStudies.definition("<b>costs.json"), 4);
        PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      PredictedStudies.search(file);
      StudyPages pages = new StudyPages(path, new Details(client::estimate), fault -> {});
      try (StudyServer server = StudyServer.start("127.0.0.1", 0, pages)) {
        browser.open("http://localhost:%d/".formatted(server.address().getPort()));
        browser.await(READY);
        assertThat(status())
            .contains("predicted by the cost model <b>costs.json: latency by table")
            .contains("none yet");
        PredictedStudies.recost(file);
        browser.await("document.querySelector('#status').textContent.includes('3 trials')");
        browser.await("document.documentElement.dataset.settled === 'true'");
        assertThat(status()).contains("1 of them over the limits by its figures");
        assertThat(browser.find("[role=grid]").getText())
            .contains("re-costed: failed", "84.0 µs", "+5.0 %", "re-costed: 25 % over the limits");
        assertThat(browser.texts("[role=columnheader]"))
            .contains("latency (predicted)", "re-costed latency", "latency difference")
            .contains("re-costed energy", "re-costed memory")
            .doesNotContain("energy difference");
        // From predicted to re-costed and a gap, of the two that have figures.
        assertThat(
                browser.number(
                    "echarts.getInstanceByDom(document.querySelector('#front .chart')).getOption()"
                        + ".series.find((each) => each.id === 'recosted').data.length"))
            .isEqualTo(6);
        assertThat(saved("csv")).isEqualTo(csv(file.study()));
        assertThat(saved("json").lines().map(JsonParser::parseString))
            .containsExactlyElementsOf(
                file.study().trials().stream()
                    .map(trial -> (JsonElement) TrialJson.json(file.study(), trial))
                    .toList());
        browser.run("location.hash = 'trial=0'");
        browser.await("document.querySelector('#recosted')");
        assertThat(browser.find("#recosted").getText())
            .contains("simulator 1.5", "predicted 80.0 µs, difference +5.0 %", "not predicted");
        browser.run("location.hash = 'trial=3'");
        String prediction = "The cost model predicted a latency of 120 µs; the service says";
        browser.await(
            "document.querySelector('#candidate').textContent.includes('%s')"
                .formatted(prediction));
        assertThat(browser.all("#candidate .warning")).isEmpty();
        browser.open("about:blank");
      }
    }
  }

  private static String csv(Study study) {
    StringWriter text = new StringWriter();
    new TrialCsv(new PrintWriter(text)).write(study, study.trials());
    return text.toString();
  }

  /** What a button of the selection saves. */
  private static String saved(String ending) {
    browser.run(
        "window.saved = undefined; ppe.download = (name, type, text) => (window.saved = text);"
            + "document.querySelector('#export-%s').click()".formatted(ending));
    browser.await("window.saved");
    return (String) browser.run("return window.saved");
  }

  private static void searchUpTo(long trials, Path file, PpeClient client)
      throws InterruptedException {
    try (StudyFile study = StudyFile.open(file)) {
      study.limit(trials);
      new StudyRun(study, client::estimate, 2, false, StudyListener.NONE).run();
    }
  }
}
