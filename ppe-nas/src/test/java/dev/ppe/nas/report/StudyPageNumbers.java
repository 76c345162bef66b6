package dev.ppe.nas.report;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.report.Browser;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openqa.selenium.Keys;

/**
 * The figures of docs/reports.md: size, first paint and interactions of the page of 10,000 trials.
 * No test, since timings depend on the machine.
 *
 * <p>First paint is the browser's {@code first-contentful-paint}, from the begin of the navigation.
 * An interaction counts from the input to the next frame that is painted (Event Timing's {@code
 * duration}, in steps of 8 ms), and, as the second figure, until the last view has followed.
 */
public final class StudyPageNumbers {
  private static final int REPEATS = 7;

  private final Browser browser;

  private StudyPageNumbers(Browser browser) {
    this.browser = browser;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("ppe-study-numbers");
    Path page = folder.resolve("study.html");
    write(folder.resolve("study.db"), page);
    print("size of the file", Files.size(page) / 1e6, "MB");
    try (Browser browser = Browser.start()) {
      new StudyPageNumbers(browser).measure(page);
    }
  }

  private static void write(Path file, Path page) throws IOException {
    SyntheticStudy.create(
        file, Spaces.text("mobilenet-edgetpu-v2"), "quality, latency<=1100us", 10_000, 10_000, 7);
    long begin = System.nanoTime();
    Study study = StudyFile.read(file);
    StudyReport report = StudyReport.of(study);
    List<Detail> details = new ArrayList<>();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      Details evaluate = new Details(client::estimate);
      CandidateChoice.of(report, 16).forEach(t -> details.add(evaluate.ofTrial(study, t)));
    }
    try (Writer out = Files.newBufferedWriter(page)) {
      StudyPage.write(report, details, out);
    }
    print("writing it, cold", (System.nanoTime() - begin) / 1e6, "ms");
  }

  private void measure(Path page) throws InterruptedException {
    browser.prefersDark(false);
    List<Double> paints = new ArrayList<>();
    List<Double> ready = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      browser.open("about:blank");
      browser.open(page);
      browser.await("document.documentElement.dataset.ready");
      paints.add(
          browser.number("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
      ready.add(browser.number("performance.now()"));
    }
    print("first paint", median(paints), "ms");
    print("all views drawn, at most", median(ready), "ms");
    browser.run(
        """
        window.slowest = 0;
        window.begun = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
          window.slowest = Math.max(window.slowest, entry.duration);
          window.begun = entry.startTime;
        })).observe({ type: "event", durationThreshold: 16 });
        window.ended = 0;
        new MutationObserver(() => {
          if (document.documentElement.dataset.settled === "true") window.ended = performance.now();
        }).observe(document.documentElement, { attributes: true });
        """);
    double axis = 1 - 64 / browser.number("document.querySelector('#parallel .chart').clientWidth");
    interaction("a box over the front", () -> browser.drag("#front .chart", 0.12, 0.2, 0.45, 0.6));
    interaction("an axis", () -> browser.drag("#parallel .chart", axis, 0.4, axis, 0.8));
    interaction("a filter", () -> browser.type(".filters .select", Keys.ARROW_DOWN));
    interaction("a letter of the search", () -> browser.type("#find", "f"));
    interaction("a sorted column", () -> browser.click("[data-key=energy_uj] button"));
    interaction("everything again", () -> {});
  }

  private void interaction(String what, Runnable input) throws InterruptedException {
    List<Double> answers = new ArrayList<>();
    List<Double> follows = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      if (!what.equals("everything again")) {
        begin();
        input.run();
        end(answers, follows);
      } else {
        browser.drag("#front .chart", 0.12, 0.2, 0.45, 0.6);
        Thread.sleep(700);
      }
      if (what.equals("everything again")) {
        begin();
      }
      browser.run(
          "const f = document.querySelector('.filters .select'); f.value = 'all';"
              + "document.querySelector('#find').value = '';");
      browser.click("#clear-selection");
      if (what.equals("everything again")) {
        end(answers, follows);
      } else {
        Thread.sleep(700);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-26s answers in %3.0f ms, all views follow in %3.0f ms%n",
        what,
        median(answers),
        median(follows));
  }

  private void begin() {
    browser.run("window.slowest = 0; window.ended = 0");
  }

  /** Entries come a while after what they are about. */
  private void end(List<Double> answers, List<Double> follows) throws InterruptedException {
    Thread.sleep(1_000);
    answers.add(browser.number("window.slowest"));
    follows.add(browser.number("Math.max(0, window.ended - window.begun)"));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "%-26s %.1f %s%n", what, value, unit);
  }
}
