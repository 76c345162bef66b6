package dev.ppe.report.answer;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Validity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far measurements cover an answer, in a sentence; nothing where they do, but for layers that
 * take next to no time.
 */
public final class Coverage {
  private static final double LEAST_SHARE = 0.01;

  private Coverage() {}

  /** The sentence. */
  public static Optional<String> of(EstimateResponse response) {
    Validity validity = response.getValidity();
    if (!validity.getValidated()) {
      return Optional.of(
          "no measured time has been compared with " + Names.printable(response.getAccelerator()));
    }
    long total = Causes.total(response.getTime());
    double share = total == 0 ? 0 : (double) validity.getOutsideCycles() / total;
    if (share < LEAST_SHARE) {
      return Optional.empty();
    }
    return Optional.of(
        "%d of %d layers (%s of the time) lie outside of what was validated%s"
            .formatted(
                validity.getOutsideLayers(),
                response.getLayersCount(),
                Units.percent(share),
                reason(response)));
  }

  /** The reason that most of that time has; the layers have their own in JSON. */
  private static String reason(EstimateResponse response) {
    Map<String, Long> cycles = new LinkedHashMap<>();
    for (Layer layer : response.getLayersList()) {
      if (!layer.getOutside().isEmpty()) {
        cycles.merge(layer.getOutside(), layer.getCycles(), Long::sum);
      }
    }
    return cycles.entrySet().stream()
        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(most -> (cycles.size() == 1 ? ", " : ", mostly ") + Names.printable(most.getKey()))
        .orElse("");
  }
}
