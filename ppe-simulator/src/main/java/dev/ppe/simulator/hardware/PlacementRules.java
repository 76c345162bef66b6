package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.OperatorKinds;
import java.util.List;

/**
 * Which operators the accelerator runs.
 *
 * @param contiguousRegion the vendor compiler's rule: one run of supported operators goes to the
 *     accelerator, and from the first unsupported one on the host does the rest
 * @param hostOperators kinds of operators ({@code hard-swish}, {@code argmax}) left to the host, or
 *     {@link #ALL_OPERATORS} where there is a host and nothing else
 * @param maxUpsampling how many times larger an image may become by interpolation, in height or
 *     width, before the host does it
 */
public record PlacementRules(
    boolean contiguousRegion, List<String> hostOperators, int maxUpsampling) {
  /** Stands for every kind of operator. */
  public static final String ALL_OPERATORS = "*";

  public PlacementRules {
    hostOperators = List.copyOf(hostOperators);
    Check.range("placement.host_operators, their number,", hostOperators.size(), 0, 256);
    hostOperators.forEach(PlacementRules::checkKind);
    Check.range("placement.max_upsampling", maxUpsampling, 1, 1 << 20);
  }

  /** A misspelt one would leave nothing to the host, in silence. */
  private static void checkKind(String kind) {
    Check.text("placement.host_operators", kind);
    if (!kind.equals(ALL_OPERATORS) && !OperatorKinds.all().contains(kind)) {
      throw new IllegalArgumentException(
          "placement.host_operators names \"%s\", which is no kind of operator; did you mean %s?"
              .formatted(kind, OperatorKinds.nearest(kind)));
    }
  }
}
