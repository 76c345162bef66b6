package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.Host;
import dev.ppe.simulator.hardware.Cycles;

/**
 * Operators that stay on the host: the time to start one, then a roofline, the slower of arithmetic
 * and operand traffic. Conversions between floats and 8 bits go at a rate of their own.
 */
public record HostTiming(Host host, long clockHz) {
  /** Of the accelerator's host. */
  public HostTiming(Accelerator accelerator) {
    this(accelerator.host(), accelerator.clockHz());
  }

  /** Time of one node, in accelerator cycles. */
  public long cycles(Graph graph, Node node) {
    long start = Cycles.ofNanos(host.overheadNs(), clockHz);
    if (converts(graph, node)) {
      long elements = graph.output(node, 0).shape().elements();
      return start + Cycles.atRate(elements, host.quantizedElementsPerSecond(), clockHz);
    }
    return start
        + Math.max(
            Cycles.atRate(Workload.macs(graph, node), host.macsPerSecond(), clockHz),
            Cycles.atRate(operandTraffic(graph, node), host.bytesPerSecond(), clockHz));
  }

  /**
   * Bytes read, as often as the operator reads them (interpolation each neighbour), and written.
   */
  private static long operandTraffic(Graph graph, Node node) {
    VectorWork work = VectorWork.of(graph, node);
    return work.equals(VectorWork.NONE)
        ? Workload.bytes(graph, node)
        : work.readBytes() + work.writeBytes();
  }

  private static boolean converts(Graph graph, Node node) {
    return switch (node.operator()) {
      case Operator.Quantize q -> graph.input(node, 0).type().isFloat();
      case Operator.Dequantize d -> true;
      default -> false;
    };
  }
}
