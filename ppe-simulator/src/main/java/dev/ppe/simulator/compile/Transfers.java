package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/** Which way bytes go on and off the chip, and how many go. */
public record Transfers(Accelerator accelerator) {
  private static final int LINK_WORD_BYTES = 8;

  /** From or to the host: over the link, or through the memory that both share. */
  public Resource hostRoute(boolean towardsDevice) {
    return accelerator.hostLink().isPresent()
        ? (towardsDevice ? Resource.LINK_IN : Resource.LINK_OUT)
        : Resource.DRAM;
  }

  /** To memory outside: the part's own, or the host's. */
  public Resource memoryRoute(boolean towardsDevice) {
    return accelerator.dram().isPresent() ? Resource.DRAM : hostRoute(towardsDevice);
  }

  /** Bytes of an input as the host sends it: packed, in whole words of the link. */
  public long inputBytes(Tensor tensor) {
    return inputBytes(tensor, 0);
  }

  /** The same where {@code again} bytes of it are sent twice. */
  long inputBytes(Tensor tensor, long again) {
    return accelerator.hostLink().isPresent()
        ? roundUp(tensor.bytes() + again, LINK_WORD_BYTES)
        : tensor.bytes();
  }

  /** Bytes of a result as the accelerator sends it: channels padded, in whole words of the link. */
  public long outputBytes(Tensor tensor) {
    if (accelerator.hostLink().isEmpty()) {
      return tensor.bytes();
    }
    long innermost = Math.max(1, tensor.shape().innermost());
    long padded =
        tensor.shape().elements() / innermost * roundUp(innermost, accelerator.core().inputs());
    return roundUp(tensor.type().bytes(padded), LINK_WORD_BYTES);
  }

  /** Brings ranges to the chip, or takes them off it, on the given route. */
  static Work work(Resource route, List<AddressRange> ranges, boolean towardsDevice) {
    return route == Resource.DRAM
        ? new Work.DramTransfer(ranges, !towardsDevice)
        : new Work.LinkTransfer(
            towardsDevice, ranges.stream().mapToLong(AddressRange::bytes).sum());
  }

  private static long roundUp(long value, long multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
