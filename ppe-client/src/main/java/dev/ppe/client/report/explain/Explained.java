package dev.ppe.client.report.explain;

import dev.ppe.simulator.compile.explain.Explanation;
import java.util.List;

/**
 * A compilation with what it does not say itself.
 *
 * @param explanation where everything goes, and why
 * @param inputs of the network, such as {@code 224x224x3 int8}
 * @param verified whether every phase was checked
 */
public record Explained(Explanation explanation, List<String> inputs, boolean verified) {
  public Explained {
    inputs = List.copyOf(inputs);
  }
}
