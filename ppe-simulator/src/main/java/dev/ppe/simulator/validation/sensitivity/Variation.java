package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * A preset with another value of an assumption.
 *
 * @param value as the file would have it
 * @param document the preset's with that value; it may describe no machine that there can be
 */
record Variation(String value, AcceleratorDocument document) {
  private static final String BANKS = "pe_memory.banks";
  private static final String UPSAMPLING = "placement.max_upsampling";

  /** Nothing is made larger; or maps of vectors, too. */
  private static final long[] OTHER_UPSAMPLINGS = {1, 64};

  /** Numbers up to here are varied by 1. */
  private static final int SMALL = 8;

  /** What the variation comes to: figures of the cases in order, or why there are none. */
  record Outcome(String value, List<Double> figures, String refused) {}

  /** The other values of an assumption; none if it is neither a number nor a flag. */
  static List<Variation> of(AcceleratorDocument preset, Assumption assumption) {
    String path = assumption.path();
    if (assumption.isFlag()) {
      boolean other = !Boolean.parseBoolean(assumption.value());
      return List.of(new Variation(Boolean.toString(other), preset.with(path, other)));
    }
    long number = assumption.isNumber() ? preset.number(path).orElseThrow() : 0;
    List<Variation> variations = new ArrayList<>();
    for (long other : values(path, number)) {
      variations.add(new Variation(Long.toString(other), preset.with(path, other)));
    }
    return variations;
  }

  /**
   * Half and twice; of small numbers one less and one more, but of banks one and twice as many;
   * none for 0.
   */
  private static long[] values(String path, long number) {
    if (number == 0) {
      return new long[0];
    }
    if (path.equals(BANKS)) {
      return new long[] {1, 2 * number};
    }
    if (path.equals(UPSAMPLING)) {
      return OTHER_UPSAMPLINGS.clone();
    }
    return number <= SMALL
        ? new long[] {number - 1, number + 1}
        : new long[] {number / 2, 2 * number};
  }

  /** All cases on this machine; refused as a whole if one of them is. */
  Outcome outcome(List<Case> cases, RelatedEvaluations evaluations) {
    try {
      Costs costs = new Costs(document.accelerator(), evaluations);
      return new Outcome(
          value,
          cases.stream().map(one -> costs.figure(one.quantity(), one.network())).toList(),
          "");
    } catch (IllegalArgumentException e) { // out of the field's range, or no program fits
      return new Outcome(value, List.of(), String.valueOf(e.getMessage()));
    }
  }
}
