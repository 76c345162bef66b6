package dev.ppe.client.report.compare;

import dev.ppe.v1.Cause;
import dev.ppe.v1.Layer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A layer of one network or of both.
 *
 * @param first in the first answer
 * @param second in the second answer
 * @param firstUs its time there, in microseconds; 0 where it is not
 * @param secondUs its time here
 * @param causes by how much each cause's time changed, in microseconds; those that did, the largest
 *     change first
 * @param energyUj by how much its energy changed; empty where one of the two is not known
 * @param reasons what of it changed, in words; empty where nothing did
 */
record ComparedLayer(
    Optional<Layer> first,
    Optional<Layer> second,
    double firstUs,
    double secondUs,
    Map<Cause, Double> causes,
    OptionalDouble energyUj,
    String reasons) {
  /** What became of a layer. */
  enum Change {
    SAME,
    CHANGED,
    ADDED,
    REMOVED
  }

  ComparedLayer {
    causes = Collections.unmodifiableMap(new LinkedHashMap<>(causes));
  }

  double deltaUs() {
    return secondUs - firstUs;
  }

  Change change() {
    if (first.isEmpty()) {
      return Change.ADDED;
    }
    if (second.isEmpty()) {
      return Change.REMOVED;
    }
    return reasons.isEmpty() && causes.isEmpty() && energyUj.orElse(0) == 0
        ? Change.SAME
        : Change.CHANGED;
  }

  /** The layer in whichever answer has it, the second one first. */
  Layer any() {
    return second.or(() -> first).orElseThrow();
  }
}
