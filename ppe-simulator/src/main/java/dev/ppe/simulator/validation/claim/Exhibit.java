package dev.ppe.simulator.validation.claim;

import java.util.List;

/**
 * What speaks for or against a claim.
 *
 * @param shapes what was evaluated, in words
 * @param measures the same names in the same order for all exhibits of a finding
 */
public record Exhibit(String shapes, List<Measure> measures) {
  public Exhibit {
    measures = List.copyOf(measures);
  }

  static Exhibit of(String shapes, Measure... measures) {
    return new Exhibit(shapes, List.of(measures));
  }
}
