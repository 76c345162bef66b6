package dev.ppe.simulator.validation.claim;

import java.util.List;

/**
 * What the model says of a claim.
 *
 * @param id of the claim
 * @param statement what is claimed
 * @param accelerator the preset that it was examined on
 * @param verdict whether it holds
 * @param reason in a sentence or two
 * @param exhibits the shapes that show it
 */
public record Finding(
    String id,
    String statement,
    String accelerator,
    Verdict verdict,
    String reason,
    List<Exhibit> exhibits) {
  public Finding {
    exhibits = List.copyOf(exhibits);
  }
}
