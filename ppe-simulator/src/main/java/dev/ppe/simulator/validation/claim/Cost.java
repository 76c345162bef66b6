package dev.ppe.simulator.validation.claim;

/**
 * What a block within a network, or some of its layers, costs.
 *
 * @param micros its share of the latency
 * @param parameters stored elements of the block
 * @param macs multiply-accumulates
 * @param activationBytes that cores read from PE memories
 * @param utilization multiply-accumulates as a share of those possible in the time
 */
record Cost(double micros, double parameters, long macs, long activationBytes, double utilization) {
  /** Bytes of activations for a multiply-accumulate. */
  double bytesPerMac() {
    return (double) activationBytes / macs;
  }
}
