package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.live.StudyPages;
import dev.ppe.nas.live.StudyServer;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyListener;
import dev.ppe.nas.study.StudyRun;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.report.Browser;
import java.io.IOException;
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
        browser.run("location.hash = 'trial=40'");
        browser.await("document.querySelectorAll('#candidate-model section').length > 3");
        browser.open("about:blank");
      }
    }
    assertThat(faults).isEmpty();
  }

  private static void searchUpTo(long trials, Path file, PpeClient client)
      throws InterruptedException {
    try (StudyFile study = StudyFile.open(file)) {
      study.limit(trials);
      new StudyRun(study, client::estimate, 2, false, StudyListener.NONE).run();
    }
  }
}
