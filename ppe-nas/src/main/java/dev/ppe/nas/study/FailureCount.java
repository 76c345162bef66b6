package dev.ppe.nas.study;

import dev.ppe.nas.study.Trial.Failed;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often trials failed for a reason.
 *
 * @param reason in a line
 */
public record FailureCount(String reason, long count) {
  private static final int LONGEST = 200;

  /** The most frequent reason of a study, the first one of several; empty if no trial failed. */
  public static Optional<FailureCount> mostFrequent(Study study) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Trial trial : study.trials()) {
      if (trial.result() instanceof Failed(String reason)) {
        counts.merge(line(reason), 1L, Long::sum);
      }
    }
    long most = counts.values().stream().max(Comparator.naturalOrder()).orElse(0L);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst()
        .map(entry -> new FailureCount(entry.getKey(), entry.getValue()));
  }

  private static String line(String reason) {
    String line = reason.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  @Override
  public String toString() {
    return "%d x %s".formatted(count, reason);
  }
}
