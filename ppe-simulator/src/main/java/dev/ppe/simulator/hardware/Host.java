package dev.ppe.simulator.hardware;

/**
 * The processor that runs what the accelerator does not.
 *
 * @param name for reports
 * @param macsPerSecond multiply-accumulates per second, 8-bit
 * @param bytesPerSecond operand and result bytes per second of elementwise work
 * @param quantizedElementsPerSecond elements per second turned from float to 8 bits or back
 * @param overheadNs time to start one operator
 */
public record Host(
    String name,
    long macsPerSecond,
    long bytesPerSecond,
    long quantizedElementsPerSecond,
    int overheadNs) {
  public Host {
    Check.text("host.name", name);
    Check.range("host.macs_per_second", macsPerSecond, 1_000_000, 1_000_000_000_000_000L);
    Check.range("host.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
    Check.range(
        "host.quantized_elements_per_second",
        quantizedElementsPerSecond,
        1_000_000,
        10_000_000_000_000L);
    Check.range("host.overhead_ns", overheadNs, 0, 1_000_000_000);
  }
}
