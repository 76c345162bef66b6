package dev.ppe.simulator.hardware;

/**
 * What starting an inference costs beside its transfers. Whole inferences are what is measured, so
 * the fixed costs around one are a total and shares of it.
 *
 * @param overheadNs driver, doorbell and completion together
 * @param doorbellPermille of it: from the driver's write until the accelerator fetches instructions
 * @param completionPermille of it: from the last result until the caller has it
 * @param layerOverheadNs fetching and decoding one layer's instructions, and meeting the other PEs
 * @param instructions bytes of instructions that each inference sends
 */
public record Invocation(
    int overheadNs,
    int doorbellPermille,
    int completionPermille,
    int layerOverheadNs,
    Instructions instructions) {
  private static final int WHOLE = 1000;

  public Invocation {
    Check.range("invocation.overhead_ns", overheadNs, 0, 1_000_000_000);
    Check.range("invocation.doorbell_permille", doorbellPermille, 0, WHOLE);
    Check.range("invocation.completion_permille", completionPermille, 0, WHOLE);
    Check.range(
        "invocation.doorbell_permille and completion_permille, their sum,",
        doorbellPermille + completionPermille,
        0,
        WHOLE);
    Check.range("invocation.layer_overhead_ns", layerOverheadNs, 0, 1_000_000_000);
  }

  /** All of it is the driver's. */
  public Invocation(int overheadNs, int layerOverheadNs, Instructions instructions) {
    this(overheadNs, 0, 0, layerOverheadNs, instructions);
  }

  /** What the driver has: all but doorbell and completion. */
  public int driverNs() {
    return overheadNs - doorbellNs() - completionNs();
  }

  /** From the driver's write until the accelerator fetches instructions. */
  public int doorbellNs() {
    return share(doorbellPermille);
  }

  /** Driver and doorbell: from the call until the accelerator fetches instructions. */
  public int rungNs() {
    return overheadNs - completionNs();
  }

  /** From the last result until the caller has it. */
  public int completionNs() {
    return share(completionPermille);
  }

  private int share(int permille) {
    return Math.toIntExact((long) overheadNs * permille / WHOLE);
  }
}
