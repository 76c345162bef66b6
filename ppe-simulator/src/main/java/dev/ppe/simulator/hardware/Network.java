package dev.ppe.simulator.hardware;

/** Links between PEs. {@code bytesPerCycle} is what one PE takes from its neighbours. */
public record Network(int bytesPerCycle) {
  public Network {
    Check.range("network.bytes_per_cycle", bytesPerCycle, 1, 65_536);
  }
}
