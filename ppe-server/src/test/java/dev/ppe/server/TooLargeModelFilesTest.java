package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Model files that the readers would refuse for their size are refused before they are read. */
class TooLargeModelFilesTest {
  private static final GraphLimits FEW = new GraphLimits(5, 1_000, 100, 1 << 20, 1 << 30);

  private static final RequestLimits FEW_NODES = new RequestLimits(FEW, Long.MAX_VALUE);

  /** One node that reads its operand that many times. */
  private static Graph concatenation(int operands) {
    List<Tensor> tensors =
        List.of(
            new Tensor("x", Shape.of(1, 4), DataType.FLOAT32, Quantization.NONE, Role.ACTIVATION),
            new Tensor(
                "y",
                Shape.of(1, 4 * operands),
                DataType.FLOAT32,
                Quantization.NONE,
                Role.ACTIVATION));
    Node node =
        new Node(
            "n",
            new Operator.Concat(1, Activation.NONE),
            Collections.nCopies(operands, 0),
            List.of(1));
    return new Graph("wide", tensors, List.of(node), List.of(0), List.of(1));
  }

  private static void assertRefused(EstimateRequest file, String why) {
    assertThatThrownBy(
            () -> WeighedRequests.ofCalls(FEW_NODES).weigh(file.toByteArray(), Interruption.NEVER))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refusal -> {
              assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
              assertThat(refusal.getStatus().getDescription()).contains(why);
            });
    assertThatThrownBy(
            () ->
                new LocalEstimator(new ServiceLimits(1 << 26, FEW))
                    .prepare(file, Interruption.NEVER))
        .hasMessageContaining(why);
  }

  @Test
  void tooManyNodesAreRefusedInTheWordsOfTheReaders() throws IOException {
    Graph chain = Requests.chain(6);
    assertRefused(Requests.onnx(chain), "graph: has 6 nodes, the limit is 5");
    assertRefused(Requests.tflite(chain), "graph: has 6 nodes, the limit is 5");
  }

  @Test
  void tooManyOperandsAreRefusedToo() throws IOException {
    Graph wide = concatenation(81);
    assertRefused(Requests.onnx(wide), "operands and results, the limit is 80");
    assertRefused(Requests.tflite(wide), "operands and results, the limit is 80");
  }

  @Test
  void ofAStreamSuchARequestIsRefusedAlone() throws IOException {
    EstimateStreamRequest request = Requests.withId("one", Requests.onnx(Requests.chain(6)));
    StreamMessage message =
        StreamMessage.marshaller().parse(new ByteArrayInputStream(request.toByteArray()));
    EncodedTask task = message.head().task();
    assertThat(message.head().id()).isEqualTo("one");
    assertThatThrownBy(() -> WeighedRequests.ofStreams(FEW_NODES).unread(message.bytes(), task))
        .hasMessageContaining("has 6 nodes, the limit is 5")
        .matches(refusal -> !WeighedRequests.isNoMessage(refusal));
  }

  /** As protobuf has it: the others cost their bytes and no more. */
  @Test
  void ofSeveralModelsTheLastIsTheRequests() throws IOException {
    byte[] large = Requests.onnx(Requests.chain(100)).toByteArray();
    byte[] small = Requests.onnx(Requests.chain(1)).toByteArray();
    byte[] both = ByteString.copyFrom(large).concat(ByteString.copyFrom(small)).toByteArray();
    WeighedRequests<EstimateRequest> reader = WeighedRequests.ofCalls(Requests.ANY_SIZE);
    assertThat(reader.weigh(both, Interruption.NEVER).bytes())
        .isLessThan(large.length + 2 * reader.weigh(small, Interruption.NEVER).bytes())
        .isLessThan(reader.weigh(large, Interruption.NEVER).bytes());
  }
}
