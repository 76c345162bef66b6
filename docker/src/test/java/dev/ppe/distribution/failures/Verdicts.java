package dev.ppe.distribution.failures;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * What came of all rounds, and whether that is good enough. How slow healthy clients were beside an
 * attack is judged by the median of its rounds, and where there is one round of a few seconds only
 * told.
 */
final class Verdicts {
  /** How many times the normal 99th percentile healthy clients may see beside an attack. */
  private static final double SLOWER = 2;

  private final String normal;
  private final List<String> attacks;
  private final boolean judgesTime;
  private final List<Findings> findings = new ArrayList<>();

  /**
   * Of no rounds yet.
   *
   * @param normal name of the scenario that others are compared with
   * @param attacks names of those that healthy clients must hardly feel
   * @param judgesTime whether it fails if they do
   */
  Verdicts(String normal, List<String> attacks, boolean judgesTime) {
    this.normal = normal;
    this.attacks = attacks;
    this.judgesTime = judgesTime;
  }

  void add(Findings found) {
    findings.add(found);
  }

  /** A row of one round, beside all normal ones until now. */
  String row(Findings found) {
    return Findings.row(List.of(found), normalP99());
  }

  boolean passed() {
    return findings.stream().allMatch(Findings::passed) && (!judgesTime || slow().isEmpty());
  }

  /** A table in Markdown with a row for each scenario, and what is wrong. */
  void print() {
    System.out.println(Findings.header());
    byScenario().forEach(rounds -> System.out.println(Findings.row(rounds, normalP99())));
    long failed = findings.stream().filter(found -> !found.passed()).count();
    System.out.printf(
        Locale.ROOT, "%n%d rounds passed, %d failed%n", findings.size() - failed, failed);
    for (List<Findings> rounds : slow()) {
      System.out.printf(
          Locale.ROOT,
          "%s: beside %s the p99 of healthy clients was %.2f times the normal, more than %.0f%n",
          judgesTime ? "FAILED" : "warning",
          rounds.getFirst().scenario(),
          Findings.p99(rounds) / normalP99(),
          SLOWER);
    }
  }

  /** The rounds of each attack beside which healthy clients were too slow. */
  private List<List<Findings>> slow() {
    return byScenario().stream()
        .filter(rounds -> attacks.contains(rounds.getFirst().scenario()))
        .filter(rounds -> Findings.p99(rounds) > SLOWER * normalP99())
        .toList();
  }

  /** The median of all rounds of healthy clients alone, in microseconds. */
  private double normalP99() {
    return Findings.p99(
        findings.stream().filter(found -> found.scenario().equals(normal)).toList());
  }

  private List<List<Findings>> byScenario() {
    return List.copyOf(
        findings.stream()
            .collect(groupingBy(Findings::scenario, LinkedHashMap::new, toList()))
            .values());
  }
}
