package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.PhaseListener;
import java.util.List;

/** Checks what is known after each phase: for tests, and for whoever asks. */
public final class Verification implements PhaseListener {

  /** What must hold after a phase. */
  interface Verifier {
    void verify(Compilation known, Faults faults);
  }

  private static Verifier verifier(Phase phase) {
    return switch (phase) {
      case JOIN -> new JoinVerifier();
      case PLACE -> new PlaceVerifier();
      case FUSE -> new FuseVerifier();
      case TILE -> new TileVerifier();
      case ALLOCATE -> new AllocateVerifier();
      case SCHEDULE -> new ScheduleVerifier();
    };
  }

  /**
   * Checks the latest phase's work.
   *
   * @throws VerificationException saying what does not hold
   */
  @Override
  public void after(Compilation known) {
    Phase phase = known.done().orElseThrow();
    List<String> faults = faults(phase, known);
    if (!faults.isEmpty()) {
      throw new VerificationException(phase, faults);
    }
  }

  /** What does not hold of all that {@code phase} found; nothing if all is well. */
  static List<String> faults(Phase phase, Compilation known) {
    Faults faults = new Faults();
    verifier(phase).verify(known, faults);
    return faults.found();
  }
}
