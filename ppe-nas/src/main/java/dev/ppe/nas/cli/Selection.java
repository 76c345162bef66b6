package dev.ppe.nas.cli;

import dev.ppe.nas.study.Trial;
import java.util.List;

/**
 * Trials of a study to show.
 *
 * @param title what they are
 * @param whole whether each is shown with its point
 */
record Selection(String title, List<Trial> trials, boolean whole) {
  Selection {
    trials = List.copyOf(trials);
  }
}
