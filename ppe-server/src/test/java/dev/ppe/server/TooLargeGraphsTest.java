package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import dev.ppe.v1.PerTensorQuantization;
import dev.ppe.v1.Split;
import dev.ppe.v1.StridedSlice;
import dev.ppe.v1.Tensor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that would be too much as objects is refused for what is in it, unparsed. */
class TooLargeGraphsTest {
  private static final GraphLimits FEW = new GraphLimits(100, 200, 50, 1 << 20, 1 << 30);
  private static final WeighedRequests<EstimateRequest> READER =
      WeighedRequests.ofCalls(new RequestLimits(FEW, 10_000_000));

  private static final int GRAPH = EstimateRequest.GRAPH_FIELD_NUMBER;
  private static final int UNKNOWN = 1000;

  /** Writes a message. */
  @FunctionalInterface
  private interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] bytes(Part part) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      part.write(out);
      out.flush();
    } catch (IOException e) { // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString().toByteArray();
  }

  private static byte[] request(Graph.Builder graph) {
    return EstimateRequest.newBuilder().setGraph(graph).build().toByteArray();
  }

  private static byte[] request(Tensor.Builder tensor) {
    return request(Graph.newBuilder().addTensors(tensor));
  }

  private static byte[] request(Node.Builder node) {
    return request(Graph.newBuilder().addNodes(node));
  }

  private static List<Integer> ones(int count) {
    return Collections.nCopies(count, 1);
  }

  /** Fields of one byte each, behind a tag of one or more. */
  private static byte[] fields(int number, int count) {
    return bytes(
        out -> {
          for (int i = 0; i < count; i++) {
            out.writeInt32(number, 1);
          }
        });
  }

  static Stream<Arguments> tooMany() {
    List<Node> nodes = Collections.nCopies(100_000, Node.getDefaultInstance());
    List<Tensor> tensors = Collections.nCopies(100_000, Tensor.getDefaultInstance());
    byte[] shape = fields(Tensor.SHAPE_FIELD_NUMBER, 20_000);
    byte[] unknown = fields(UNKNOWN, 20_000);
    return Stream.of(
        arguments("empty nodes", request(Graph.newBuilder().addAllNodes(nodes)), "101 nodes"),
        arguments(
            "empty tensors", request(Graph.newBuilder().addAllTensors(tensors)), "201 tensors"),
        arguments(
            "a packed shape", request(Tensor.newBuilder().addAllShape(ones(20_000))), "numbers"),
        arguments(
            "a shape with tags",
            bytes(
                out ->
                    out.writeByteArray(
                        GRAPH,
                        bytes(graph -> graph.writeByteArray(Graph.TENSORS_FIELD_NUMBER, shape)))),
            "numbers"),
        arguments("operands", request(Node.newBuilder().addAllInputs(ones(1601))), "1601 operands"),
        arguments("results", request(Node.newBuilder().addAllOutputs(ones(1601))), "1601 operands"),
        arguments(
            "sizes",
            request(Node.newBuilder().setSplit(Split.newBuilder().addAllSizes(ones(20_000)))),
            "numbers"),
        arguments("inputs", request(Graph.newBuilder().addAllInputs(ones(20_000))), "numbers"),
        arguments(
            "sizes of dimensions",
            bytes(
                out -> {
                  for (int i = 0; i < 20_000; i++) {
                    out.writeByteArray(EstimateRequest.DIMENSIONS_FIELD_NUMBER, new byte[0]);
                  }
                }),
            "10001 entries"),
        arguments(
            "names of operators",
            EstimateRequest.newBuilder()
                .setAcceleratorSpec(
                    Accelerator.newBuilder()
                        .setPlacement(
                            Accelerator.PlacementRules.newBuilder()
                                .addAllHostOperators(Collections.nCopies(10_001, ""))))
                .build()
                .toByteArray(),
            "10001 entries"),
        arguments("fields that nobody knows", unknown, "fields"),
        arguments(
            "a group that nobody knows",
            bytes(
                out -> {
                  out.writeTag(UNKNOWN, 3);
                  out.writeRawBytes(unknown);
                  out.writeTag(UNKNOWN, 4);
                }),
            "fields"),
        arguments(
            "one field again and again",
            fields(EstimateRequest.BATCH_FIELD_NUMBER, 20_000),
            "fields"),
        arguments(
            "a long name",
            EstimateRequest.newBuilder().setModelName("n".repeat(5_000_001)).build().toByteArray(),
            "more than 10000000 bytes of memory"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tooMany")
  void whatThereIsTooMuchOfIsRefused(String what, byte[] request, String why) {
    assertThatThrownBy(() -> READER.weigh(request, Interruption.NEVER))
        .as(what)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refusal -> {
              assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
              assertThat(refusal.getStatus().getDescription()).contains(why).contains("limit");
            });
  }

  /** Of everything as much as the simulator itself takes. */
  @Test
  void aGraphAtItsLimitsIsTaken() {
    List<Integer> axes = ones(8);
    StridedSlice slice =
        StridedSlice.newBuilder().addAllBegin(axes).addAllEnd(axes).addAllStrides(axes).build();
    Node node =
        Node.newBuilder()
            .setName("a node")
            .addAllInputs(ones(15))
            .addOutputs(1)
            .setStridedSlice(slice)
            .build();
    Tensor tensor =
        Tensor.newBuilder()
            .setName("a tensor")
            .addAllShape(axes)
            .setPerTensor(PerTensorQuantization.newBuilder().setScale(1).setZeroPoint(1))
            .build();
    Graph.Builder graph =
        Graph.newBuilder()
            .addAllNodes(Collections.nCopies(100, node))
            .addAllTensors(Collections.nCopies(200, tensor))
            .addAllInputs(ones(200))
            .addAllOutputs(ones(200));
    assertThat(READER.weigh(request(graph), Interruption.NEVER).nodes()).isEqualTo(100);
  }

  @Test
  void whatIsLongIsNotLookedAtToItsEndWhenNobodyWaits() {
    byte[] name =
        EstimateRequest.newBuilder().setModelName("n".repeat(100_000)).build().toByteArray();
    for (byte[] request : List.of(name, fields(UNKNOWN, 5_000))) {
      assertThatThrownBy(
              () ->
                  READER.weigh(
                      request,
                      () -> {
                        throw new CancellationException("nobody waits");
                      }))
          .hasMessageContaining("nobody waits");
    }
  }
}
