package dev.ppe.simulator.report;

/**
 * What is where during an inference, in bytes.
 *
 * @param paramsCachedBytes parameters that stay on the chip between inferences
 * @param paramsStreamedBytes parameters fetched in each inference, once for each layer that reads
 *     them
 * @param peMemoryPeakBytes most of one PE's memory in use at a time
 * @param peMemoryLowerBoundBytes what no allocation can go below: the largest sum of live tensors
 * @param peMemoryBytes size of one PE's memory
 * @param offChipActivationBytes activations that did not fit and went out and back
 * @param instructionBytes instructions sent for each inference
 * @param inputBytes inputs sent to the accelerator
 * @param outputBytes outputs sent back
 * @param parameterMemoryUsedBytes what of the parameter memory it takes: cached parameters, and
 *     room for instructions and for activations that overflow into it
 */
public record MemoryReport(
    long paramsCachedBytes,
    long paramsStreamedBytes,
    long peMemoryPeakBytes,
    long peMemoryLowerBoundBytes,
    long peMemoryBytes,
    long offChipActivationBytes,
    long instructionBytes,
    long inputBytes,
    long outputBytes,
    long parameterMemoryUsedBytes) {}
