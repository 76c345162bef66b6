package dev.ppe.simulator.reference;

/**
 * What a systolic array did.
 *
 * @param cycles from the edge that took in the first operands to the one that added the last product;
 *     at least until the near corner can take in the next layer's
 * @param sums by group, row and column
 * @param activationBytes brought by the activation port, padding of narrow folds included
 * @param weightBytes brought by the weight port, padding included
 */
public record SystolicRun(long cycles, long[][][] sums, long activationBytes, long weightBytes) {}
