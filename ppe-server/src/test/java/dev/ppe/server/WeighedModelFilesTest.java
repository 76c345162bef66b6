package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.EstimateTask;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model file is reckoned with its bytes and with what its network takes, told unread. */
class WeighedModelFilesTest {
  private static final WeighedRequests<EstimateRequest> READER =
      WeighedRequests.ofCalls(Requests.ANY_SIZE);

  private final LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  private static long weight(EstimateRequest request) {
    return READER.weigh(request.toByteArray(), Interruption.NEVER).bytes();
  }

  /** What the message and the network in it take. */
  private long heap(EstimateRequest request) {
    EstimateRequest parsed = READER.parse(request.toByteArray());
    EstimateTask network = estimator.prepare(parsed, Interruption.NEVER);
    return HeapSize.of(parsed, network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "efficientnet_lite0", "mobilenet_v3_small"})
  void networksAreReckonedBesideTheirWeights(String name) throws IOException {
    ZooModel model = Zoo.find(name).orElseThrow();
    for (Arithmetic arithmetic : List.of(Arithmetic.INT8, Arithmetic.FLOAT32)) {
      Graph graph = model.graph(arithmetic);
      assertReckoned(Requests.tflite(graph), 20_000L * graph.nodes().size());
      assertReckoned(
          Requests.onnx(graph), 160_000L * graph.nodes().size()); // of ten nodes in the file
    }
  }

  private void assertReckoned(EstimateRequest file, long mostForTheNetwork) {
    assertThat(weight(file))
        .isGreaterThan(heap(file))
        .isLessThan(file.getSerializedSize() + mostForTheNetwork);
  }

  /** Files in which everything is small, in operators that become several. */
  @Test
  void noFileTakesMoreThanItIsReckonedWith() {
    for (int seed = 0; seed < 60; seed++) {
      EstimateRequest file =
          EstimateRequest.newBuilder().setOnnx(new RandomFile(new Random(seed)).bytes()).build();
      assertThat(weight(file)).as("seed %d", seed).isGreaterThan(heap(file));
    }
  }

  /** Of what is damaged as much counts as comes before. */
  @Test
  void whatIsDamagedIsReckonedWithWhatWouldBeRead() throws IOException {
    ByteString whole = Requests.onnx(Requests.chain(100)).getOnnx();
    ByteString cutOff = whole.substring(0, whole.size() / 2); // it says so at the start
    ByteString longer = whole.concat(ByteString.copyFrom(new byte[] {0xf}));

    assertThat(weight(file(cutOff))).isLessThan(cutOff.size() + 1_000L);
    assertThat(weight(file(longer)))
        .isGreaterThan(longer.size() + 100_000L)
        .isGreaterThanOrEqualTo(weight(file(whole)));
  }

  private static EstimateRequest file(ByteString onnx) {
    return EstimateRequest.newBuilder().setOnnx(onnx).build();
  }

  /** An ONNX file whose values all have one shape. */
  private static final class RandomFile {
    private static final List<String> TYPES =
        List.of("Relu", "Add", "Mul", "Sum", "Max", "Mean", "Transpose", "Softmax", "Softplus");

    private final Random random;
    private final List<String> values = new ArrayList<>(List.of("x"));

    RandomFile(Random random) {
      this.random = random;
    }

    /** ModelProto: ir_version 1, graph 7, opset_import 8. */
    ByteString bytes() {
      return message(
          out -> {
            out.writeInt64(1, 8);
            out.writeBytes(7, message(this::graph));
            out.writeBytes(8, message(set -> set.writeInt64(2, 13)));
          });
    }

    /** GraphProto: node 1, input 11, output 12. */
    private void graph(CodedOutputStream out) throws IOException {
      out.writeBytes(11, value("x"));
      for (int nodes = 1 << random.nextInt(10); nodes >= 0; nodes--) {
        out.writeBytes(1, message(this::node));
      }
      for (int i = 1; i < values.size(); i++) { // so that all of them are needed
        if (i == values.size() - 1 || random.nextBoolean()) {
          out.writeBytes(12, value(values.get(i)));
        }
      }
    }

    /** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. */
    private void node(CodedOutputStream out) throws IOException {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      int operands =
          switch (type) {
            case "Add", "Mul" -> 2;
            case "Sum", "Max", "Mean" -> 1 + random.nextInt(1 << random.nextInt(6));
            default -> 1;
          };
      for (int i = 0; i < operands; i++) {
        out.writeString(1, values.get(random.nextInt(values.size())));
      }
      String result = Integer.toString(values.size(), Character.MAX_RADIX);
      out.writeString(2, result);
      if (random.nextInt(4) == 0) {
        out.writeString(3, Character.toString(random.nextInt(2) * 0x400 + 'a').repeat(300));
      }
      out.writeString(4, type);
      if (type.equals("Transpose")) { // ints 8
        out.writeBytes(
            5,
            message(
                perm -> {
                  perm.writeString(1, "perm");
                  for (int axis : new int[] {3, 1, 0, 2}) {
                    perm.writeInt64(8, axis);
                  }
                }));
      }
      values.add(result);
    }

    /** ValueInfoProto: name 1, type 2 with tensor_type 1: elem_type 1, shape 2 with dim 1. */
    private static ByteString value(String name) {
      ByteString dimension = message(out -> out.writeInt64(1, 2));
      ByteString shape =
          message(
              out -> {
                for (int axis = 0; axis < 4; axis++) {
                  out.writeBytes(1, dimension);
                }
              });
      ByteString tensor =
          message(
              out -> {
                out.writeInt64(1, 1);
                out.writeBytes(2, shape);
              });
      return message(
          out -> {
            out.writeString(1, name);
            out.writeBytes(2, message(type -> type.writeBytes(1, tensor)));
          });
    }

    /** Part of a file. */
    @FunctionalInterface
    private interface Part {
      void write(CodedOutputStream out) throws IOException;
    }

    private static ByteString message(Part part) {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      try {
        part.write(out);
        out.flush();
      } catch (IOException e) { // into memory
        throw new AssertionError(e);
      }
      return bytes.toByteString();
    }
  }
}
