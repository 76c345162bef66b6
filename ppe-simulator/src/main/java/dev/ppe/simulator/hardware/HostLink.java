package dev.ppe.simulator.hardware;

/** The link to the host, each direction with its own rate, and the time until the first byte. */
public record HostLink(long toDeviceBytesPerSecond, long fromDeviceBytesPerSecond, int latencyNs) {
  public HostLink {
    Check.range(
        "host_link.to_device_bytes_per_second",
        toDeviceBytesPerSecond,
        1_000_000,
        10_000_000_000_000L);
    Check.range(
        "host_link.from_device_bytes_per_second",
        fromDeviceBytesPerSecond,
        1_000_000,
        10_000_000_000_000L);
    Check.range("host_link.latency_ns", latencyNs, 0, 1_000_000_000);
  }
}
