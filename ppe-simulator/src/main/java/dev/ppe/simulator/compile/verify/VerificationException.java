package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Phase;
import java.util.List;

/** A mistake of the compiler's: a phase left something that cannot be right. */
public final class VerificationException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  VerificationException(Phase phase, List<String> faults) {
    super("after the %s phase: %s".formatted(phase, String.join("; ", faults)));
  }
}
