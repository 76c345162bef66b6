package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests at the edge of what is allowed, where sums of cycles come close to 2^63. */
class ExtremeRequestTest {
  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  /** A chain of products of 2^39 multiply-accumulates: as many as the limit allows. */
  private static Graph products(DataType type) {
    int products = (int) (ServiceLimits.DEFAULT.graph().maxOperations() >> 39) - 1;
    Shape square = Shape.of(1 << 13, 1 << 13);
    List<Tensor> tensors = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    tensors.add(Tensor.activation("in", square, type));
    for (int i = 0; i < products; i++) {
      tensors.add(Tensor.activation("product", square, type));
      nodes.add(
          new Node(
              "matmul", new Operator.BatchMatMul(false, false), List.of(i, i), List.of(i + 1)));
    }
    return new Graph("extreme", tensors, nodes, List.of(0), List.of(products));
  }

  /** The fastest clock, beside a host and links as slow as can be described. */
  private static Accelerator slow() {
    Accelerator.Builder accelerator =
        AcceleratorCatalog.getAccelerator("coral-usb").toBuilder().setClockHz(10_000_000_000L);
    accelerator
        .getHostBuilder()
        .setMacsPerSecond(1_000_000)
        .setBytesPerSecond(1_000_000)
        .setQuantizedElementsPerSecond(1_000_000);
    accelerator
        .getHostLinkBuilder()
        .setToDeviceBytesPerSecond(1_000_000)
        .setFromDeviceBytesPerSecond(1_000_000);
    return accelerator.build();
  }

  /** Few nodes and no arithmetic, yet 2^60 bytes of operands for the host to read. */
  @Test
  void aTensorThatIsReadThousandsOfTimesIsAnsweredOrRefused() {
    Shape large = Shape.of(1 << 16, 1 << 16);
    List<Tensor> tensors = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    tensors.add(Tensor.activation("in", large, DataType.INT8));
    for (int i = 0; i < 80; i++) {
      tensors.add(Tensor.activation("out", Shape.of(1), DataType.INT8));
      nodes.add(
          new Node(
              "custom", new Operator.Custom("x"), Collections.nCopies(4096, 0), List.of(i + 1)));
    }
    List<Integer> outputs = IntStream.rangeClosed(1, 80).boxed().toList();
    answeredOrRefused(new Graph("extreme", tensors, nodes, List.of(0), outputs));
  }

  @Test
  void theLargestNetworkOnTheSlowestHostIsAnsweredOrRefused() {
    answeredOrRefused(products(DataType.FLOAT32));
  }

  @Test
  void theLargestNetworkOnTheSlowestLinkIsAnsweredOrRefused() {
    answeredOrRefused(products(DataType.INT8));
  }

  private void answeredOrRefused(Graph graph) {
    EstimateRequest request =
        EstimateRequest.newBuilder()
            .setGraph(GraphCodec.encode(graph))
            .setAcceleratorSpec(slow())
            .build();
    try {
      EstimateResponse response = estimator.estimate(request, Interruption.NEVER);
      assertThat(response.getLatencyUs()).isPositive();
      assertThat(response.getCycles()).isNotNegative();
      assertThat(response.getTime().getHostCycles()).isNotNegative();
    } catch (RuntimeException e) {
      assertThat(Statuses.of(e).getCode())
          .withFailMessage("%s", e)
          .isIn(Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED);
    }
  }
}
