package dev.ppe.distribution.failures;

import dev.ppe.client.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of one scenario.
 *
 * @param scenario its name
 * @param healthy what came of the healthy clients' requests
 * @param heap the first server's heap afterwards, in bytes after a full collection
 * @param faults what must not be; empty if it passed
 */
record Findings(String scenario, LoadResult healthy, long heap, List<String> faults) {
  private static final double MEBIBYTE = 1 << 20;

  Findings {
    faults = List.copyOf(faults);
  }

  /** Adds what the healthy clients must not have seen. */
  static List<String> faultsOf(LoadResult healthy) {
    List<String> faults = new ArrayList<>();
    if (healthy.answered().count() == 0) {
      faults.add("healthy clients got no answer");
    }
    if (healthy.failed() > 0) {
      faults.add(
          "%d healthy requests failed: %s".formatted(healthy.failed(), healthy.firstMessages()));
    }
    if (healthy.notSent() > 0) {
      faults.add("%d healthy requests could not be sent".formatted(healthy.notSent()));
    }
    if (!healthy.answers().faultless()) {
      faults.add("answers: " + healthy.answers());
    }
    return faults;
  }

  boolean passed() {
    return faults.isEmpty();
  }

  static String header() {
    return "| scenario | healthy requests | failed, lost, twice, wrong | median | p99 | p99 / normal"
        + " | heap | |\n|---|---:|---:|---:|---:|---:|---:|---|";
  }

  /** A row of a table in Markdown. */
  String row(double normalP99) {
    LoadResult.AnswerCounts answers = healthy.answers();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d, %d, %d, %d | %.1f ms | %.1f ms | %.2f | %.1f MiB | %s |",
        scenario,
        healthy.due(),
        healthy.failed(),
        answers.lost(),
        answers.duplicate(),
        answers.wrong(),
        healthy.answered().p50() / 1e3,
        healthy.answered().p99() / 1e3,
        healthy.answered().p99() / normalP99,
        heap / MEBIBYTE,
        passed() ? "passed" : "FAILED");
  }
}
