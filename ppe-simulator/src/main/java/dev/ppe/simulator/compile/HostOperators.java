package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.VectorWork;

/** What operators that stay on the host come to. */
public final class HostOperators {
  private HostOperators() {}

  /** Of one node. */
  public static Job.HostOperator job(Graph graph, Node node, Host host) {
    long converted = convertedElements(graph, node);
    boolean convertsOnly =
        node.operator() instanceof Operator.Dequantize
            || (node.operator() instanceof Operator.Quantize && converted > 0);
    return new Job.HostOperator(
        host.overheadNs(),
        converted,
        convertsOnly ? 0 : Workload.macs(graph, node),
        convertsOnly ? 0 : operandTraffic(graph, node));
  }

  /**
   * Bytes read, as often as the operator reads them (interpolation each neighbour), and written.
   */
  private static long operandTraffic(Graph graph, Node node) {
    VectorWork work = VectorOperators.work(graph, node);
    return work.equals(VectorWork.NONE)
        ? Workload.bytes(graph, node)
        : work.readBytes() + work.writeBytes();
  }

  /**
   * Elements that go from floats to 8 bits or back. An operator that is not known here and gives
   * floats, as the selection of a detector's boxes does, converts what it reads in 8 bits.
   */
  private static long convertedElements(Graph graph, Node node) {
    return switch (node.operator()) {
      case Operator.Quantize q ->
          graph.input(node, 0).type().isFloat() ? graph.output(node, 0).shape().elements() : 0;
      case Operator.Dequantize d -> graph.output(node, 0).shape().elements();
      case Operator.Custom c ->
          graph.output(node, 0).type().isFloat() ? quantizedElements(graph, node) : 0;
      default -> 0;
    };
  }

  private static long quantizedElements(Graph graph, Node node) {
    return node.inputs().stream()
        .filter(input -> input != Node.ABSENT)
        .map(graph::tensor)
        .filter(tensor -> tensor.type() == DataType.INT8 || tensor.type() == DataType.UINT8)
        .mapToLong(tensor -> tensor.shape().elements())
        .sum();
  }
}
