package dev.ppe.client.cli;

import dev.ppe.v1.Fidelity;
import java.util.Locale;

/** How closely the machine is followed. */
public enum FidelityOption {
  CYCLE(Fidelity.FIDELITY_CYCLE),
  ANALYTICAL(Fidelity.FIDELITY_ANALYTICAL);

  private final Fidelity message;

  FidelityOption(Fidelity message) {
    this.message = message;
  }

  /** As requests have it. */
  public Fidelity message() {
    return message;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
