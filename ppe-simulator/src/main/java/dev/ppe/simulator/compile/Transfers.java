package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.HostLink;
import java.util.List;

/**
 * Which way bytes go on and off the chip, and how long that way takes by itself: latency, then the
 * rate. What a DRAM adds, the machine finds when it runs.
 */
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

  /**
   * How long an instruction holds its block if no DRAM is slower than the port to it.
   *
   * @throws ArithmeticException if the cycles do not fit a {@code long}
   */
  public long cycles(Work work) {
    return switch (work) {
      case Work.Timed timed -> timed.cycles();
      case Work.LinkTransfer transfer -> cycles(transfer.resource(), transfer.bytes());
      case Work.DramTransfer transfer -> cycles(transfer.resource(), transfer.bytes());
    };
  }

  /**
   * Cycles that {@code bytes} take on {@code route}, the DRAM's by its port alone.
   *
   * @throws IllegalArgumentException if nothing is transferred there
   * @throws ArithmeticException if the cycles do not fit a {@code long}
   */
  public long cycles(Resource route, long bytes) {
    long clock = accelerator.clockHz();
    return switch (route) {
      case DRAM -> {
        Dram dram = accelerator.dram().orElseThrow();
        yield Math.addExact(
            Cycles.ofNanos(dram.latencyNs(), clock),
            Cycles.atRate(bytes, dram.bytesPerSecond(), clock));
      }
      case LINK_IN -> {
        HostLink link = accelerator.hostLink().orElseThrow();
        yield Math.addExact(
            Cycles.ofNanos(link.latencyNs(), clock),
            Cycles.atRate(bytes, link.toDeviceBytesPerSecond(), clock));
      }
      case LINK_OUT -> {
        HostLink link = accelerator.hostLink().orElseThrow();
        yield Math.addExact(
            Cycles.ofNanos(link.latencyNs(), clock),
            Cycles.atRate(bytes, link.fromDeviceBytesPerSecond(), clock));
      }
      case HOST, NETWORK, ARRAY -> throw new IllegalArgumentException("no transfers on " + route);
    };
  }
}
