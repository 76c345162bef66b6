package dev.ppe.simulator.validation.claim;

/** What the model says of a claim. */
public enum Verdict {
  /** It shows what is claimed, to the figure. */
  REPRODUCED,
  /** It shows the direction, and not the figure. */
  PARTLY,
  /** It shows something else. */
  REFUTED;

  /** The first that holds, from the strictest. */
  static Verdict of(boolean figure, boolean direction) {
    if (figure) {
      return REPRODUCED;
    }
    return direction ? PARTLY : REFUTED;
  }
}
