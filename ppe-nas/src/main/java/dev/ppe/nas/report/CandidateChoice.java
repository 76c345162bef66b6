package dev.ppe.nas.report;

import dev.ppe.nas.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which trials a report holds in full: the best one, then trials spread evenly over the front, its
 * ends among them, then the next best ones.
 */
public final class CandidateChoice {
  private CandidateChoice() {}

  /**
   * The trials, in ascending order.
   *
   * @param most how many at most
   */
  public static List<Trial> of(StudyReport report, int most) {
    Set<Trial> chosen = new LinkedHashSet<>();
    report.best().stream().limit(Math.min(1, most)).forEach(chosen::add);
    List<Trial> front = report.front();
    int room = Math.min(most - chosen.size(), front.size());
    for (int i = 0; i < room; i++) {
      int at = room == 1 ? 0 : (int) ((long) i * (front.size() - 1) / (room - 1));
      chosen.add(front.get(at));
    }
    for (Trial trial : report.best()) {
      if (chosen.size() < most) {
        chosen.add(trial);
      }
    }
    List<Trial> sorted = new ArrayList<>(chosen);
    sorted.sort((one, other) -> Long.compare(one.number(), other.number()));
    return sorted;
  }
}
