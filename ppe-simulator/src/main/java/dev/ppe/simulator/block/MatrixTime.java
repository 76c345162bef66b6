package dev.ppe.simulator.block;

import dev.ppe.simulator.job.MatrixTile;

/**
 * How long a PE takes for a {@link MatrixTile}.
 *
 * @param arrayCycles multiplying and accumulating
 * @param activationCycles reading activations, side by side with the array
 * @param parameterCycles taking in lines of weights
 * @param busyCycles all of them together where weights arrive while the array works; where they do
 *     not, the array and the activations alone
 * @param waitingCycles weights that nothing hides, beside the busy cycles
 * @param activationBytes activations read
 * @param parameterBytes weights taken in
 * @param sumBytes sums that went to PE memory and came back
 */
public record MatrixTime(
    long arrayCycles,
    long activationCycles,
    long parameterCycles,
    long busyCycles,
    long waitingCycles,
    long activationBytes,
    long parameterBytes,
    long sumBytes) {
  /** Nothing to do. */
  public static final MatrixTime NONE = new MatrixTime(0, 0, 0, 0, 0, 0, 0);

  /** With sums that stay where they are made. */
  public MatrixTime(
      long arrayCycles,
      long activationCycles,
      long parameterCycles,
      long busyCycles,
      long waitingCycles,
      long activationBytes,
      long parameterBytes) {
    this(
        arrayCycles,
        activationCycles,
        parameterCycles,
        busyCycles,
        waitingCycles,
        activationBytes,
        parameterBytes,
        0);
  }
}
