package dev.ppe.report.roofline;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Layer;
import java.util.Locale;

/** A way that bytes take, with the rate that it has at most and a letter for plots. */
public enum Level {
  /** Activations from the PE memories to the cores. */
  ACTIVATIONS('a', "activation fetch"),
  /** Results from the cores to the PE memories. */
  RESULTS('r', "output"),
  /** Parameters from the chip's own memories to the cores. */
  PARAMETERS('p', "parameter fetch"),
  /** Anything to and from DRAM. */
  DRAM('d', "DRAM"),
  /** Anything on the link to the host. */
  HOST_LINK('h', "host link");

  private static final double CYCLES_OF_A_SEQUENCE = 4;

  private final char letter;
  private final String text;

  Level(char letter, String text) {
    this.letter = letter;
    this.text = text;
  }

  /** For plots. */
  public char letter() {
    return letter;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** For programs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Bytes that a layer moves there; what PEs give each other goes over links of their own. */
  public long bytes(Layer layer) {
    return switch (this) {
      case ACTIVATIONS -> layer.getActivationReadBytes();
      case RESULTS -> layer.getPeMemoryWriteBytes() - layer.getNetworkBytes();
      case PARAMETERS -> layer.getParameterReadBytes();
      case DRAM -> layer.getDramBytes();
      case HOST_LINK -> layer.getHostLinkBytes();
    };
  }

  /** Bytes per second at most, over all PEs; 0 where the accelerator has no such way. */
  public double bytesPerSecond(Accelerator accelerator) {
    return switch (this) {
      case ACTIVATIONS ->
          perCycle(accelerator, accelerator.getPeMemory().getReadBytesPerCycle())
              * sequence(accelerator);
      case RESULTS -> perCycle(accelerator, accelerator.getPeMemory().getWriteBytesPerCycle());
      case PARAMETERS ->
          perCycle(
                  accelerator,
                  Math.max(
                      accelerator.getParameterMemory().getBytesPerCycle(),
                      accelerator.getParameterMemory().getBroadcastBytesPerCycle()))
              * sequence(accelerator);
      case DRAM -> accelerator.getDram().getBytesPerSecond();
      case HOST_LINK ->
          Math.max(
              accelerator.getHostLink().getToDeviceBytesPerSecond(),
              accelerator.getHostLink().getFromDeviceBytesPerSecond());
    };
  }

  private static double perCycle(Accelerator accelerator, int bytes) {
    Accelerator.Grid grid = accelerator.getGrid();
    return (double) bytes * grid.getRows() * grid.getColumns() * accelerator.getClockHz();
  }

  /** Words that follow each other in memory may come faster than one a cycle. */
  private static double sequence(Accelerator accelerator) {
    int words = accelerator.getCore().getSimd().getWordsInFourCycles();
    return Math.max(1, words / CYCLES_OF_A_SEQUENCE);
  }
}
