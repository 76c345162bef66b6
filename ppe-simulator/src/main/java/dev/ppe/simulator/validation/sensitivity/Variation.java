package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A preset with another value of an assumption.
 *
 * @param value as the file would have it
 * @param machine the preset with that value; asking for it throws {@link IllegalArgumentException}
 *     if there can be no such machine
 */
record Variation(String value, Supplier<Accelerator> machine) {
  /** What the variation comes to: figures of the cases in order, or why there are none. */
  record Outcome(String value, List<Double> figures, String refused) {}

  /** All cases on this machine; refused as a whole if one of them is. */
  Outcome outcome(List<Case> cases, RelatedEvaluations evaluations) {
    try {
      Costs costs = new Costs(machine.get(), evaluations);
      return new Outcome(
          value, cases.stream().map(one -> costs.figure(one.model(), one.network())).toList(), "");
    } catch (IllegalArgumentException e) { // out of the field's range, or no program fits
      return new Outcome(value, List.of(), String.valueOf(e.getMessage()));
    }
  }
}
