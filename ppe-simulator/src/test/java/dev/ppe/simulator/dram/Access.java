package dev.ppe.simulator.dram;

/** What a test asks a DRAM for, in accelerator cycles and bytes. */
record Access(long start, long address, long bytes, boolean write) {
  static Access read(long start, long address, long bytes) {
    return new Access(start, address, bytes, false);
  }

  static Access write(long start, long address, long bytes) {
    return new Access(start, address, bytes, true);
  }
}
