package dev.ppe.nas.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the samples of a model come from. A model says something of no other space, accelerator or
 * fidelity.
 *
 * @param space name of the space
 * @param spaceHash SHA-256 of its description
 * @param accelerator name of the accelerator
 * @param acceleratorHash SHA-256 of its description
 * @param fidelity as people write it
 * @param simulator version of the simulator that answered
 */
public record Origin(
    String space,
    String spaceHash,
    String accelerator,
    String acceleratorHash,
    String fidelity,
    String simulator) {

  /** What keeps a model of this origin from being used for another one; the version does not. */
  public Optional<String> differenceTo(Origin wanted) {
    if (!spaceHash.equals(wanted.spaceHash)) {
      return different("space", space, wanted.space, "description");
    }
    if (!acceleratorHash.equals(wanted.acceleratorHash)) {
      return different("accelerator", accelerator, wanted.accelerator, "figures");
    }
    return fidelity.equals(wanted.fidelity)
        ? Optional.empty()
        : different("fidelity", fidelity, wanted.fidelity, "");
  }

  private static Optional<String> different(String what, String own, String other, String detail) {
    return Optional.of(
        own.equals(other)
            ? "it was trained for another %s %s, with other %s".formatted(what, own, detail)
            : "it was trained for the %s %s, not %s".formatted(what, own, other));
  }

  /** As files have it. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("space", space);
    fields.put("space_sha256", spaceHash);
    fields.put("accelerator", accelerator);
    fields.put("accelerator_sha256", acceleratorHash);
    fields.put("fidelity", fidelity);
    fields.put("simulator", simulator);
    return fields;
  }
}
