package dev.ppe.distribution.failures;

import dev.ppe.client.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

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
    return "| scenario | rounds | healthy requests | failed, lost, twice, wrong | median | p99, the"
        + " worst | p99 / normal | heap | |\n|---|---:|---:|---:|---:|---:|---:|---:|---|";
  }

  /**
   * A row of a table in Markdown of all rounds of one scenario: the sums of the counts, the medians
   * of the rounds' medians and p99s, the worst p99, the last heap.
   *
   * @param normalP99 to divide the median p99 by, in microseconds
   */
  static String row(List<Findings> rounds, double normalP99) {
    double p99 = median(rounds, found -> found.healthy().answered().p99());
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d, %d, %d, %d | %.1f ms | %.1f, %.1f ms | %.2f | %.1f MiB | %s |",
        rounds.getFirst().scenario(),
        rounds.size(),
        sum(rounds, LoadResult::due),
        sum(rounds, LoadResult::failed),
        sum(rounds, healthy -> healthy.answers().lost()),
        sum(rounds, healthy -> healthy.answers().duplicate()),
        sum(rounds, healthy -> healthy.answers().wrong()),
        median(rounds, found -> found.healthy().answered().p50()) / 1e3,
        p99 / 1e3,
        rounds.stream().mapToDouble(found -> found.healthy().answered().p99()).max().orElse(0)
            / 1e3,
        p99 / normalP99,
        rounds.getLast().heap() / MEBIBYTE,
        rounds.stream().allMatch(Findings::passed) ? "passed" : "FAILED");
  }

  private static long sum(List<Findings> rounds, ToLongFunction<LoadResult> count) {
    return rounds.stream().map(Findings::healthy).mapToLong(count).sum();
  }

  private static double median(List<Findings> rounds, ToDoubleFunction<Findings> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
