package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.onnx.file.ModelParser;
import dev.ppe.simulator.format.onnx.file.StoredModel;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
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

  /** What is read of it, before anything is made of that. */
  @Test
  void whatTheReaderKeepsIsReckonedWith() {
    for (ByteString file :
        List.of(
            OnnxFiles.attributes(50, 100),
            OnnxFiles.attributeOf(4_000),
            OnnxFiles.listedTensors(300, 256),
            OnnxFiles.declared(300))) {
      StoredModel read =
          ModelParser.parse(file.asReadOnlyByteBuffer(), GraphLimits.DEFAULT, Interruption.NEVER);
      assertThat(weight(file(file))).isGreaterThan(file.size() + HeapSize.of(read));
    }
  }

  /** A listed number takes a byte in the file, and sixteen or more as an object. */
  @Test
  void listedNumbersStayWhereTheyAre() {
    ByteString file = OnnxFiles.listedTensors(300, 256);
    StoredModel read =
        ModelParser.parse(file.asReadOnlyByteBuffer(), GraphLimits.DEFAULT, Interruption.NEVER);
    assertThat(HeapSize.of(read)).isLessThan(300L * 512);
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

    ByteString bytes() {
      return OnnxFiles.model(this::graph);
    }

    /** GraphProto: node 1, input 11, output 12. */
    private void graph(CodedOutputStream out) throws IOException {
      out.writeBytes(11, OnnxFiles.value("x"));
      for (int nodes = 1 << random.nextInt(10); nodes >= 0; nodes--) {
        out.writeBytes(1, OnnxFiles.message(this::node));
      }
      for (int i = 1; i < values.size(); i++) { // so that all of them are needed
        if (i == values.size() - 1 || random.nextBoolean()) {
          out.writeBytes(12, OnnxFiles.value(values.get(i)));
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
            OnnxFiles.message(
                perm -> {
                  perm.writeString(1, "perm");
                  for (int axis : new int[] {3, 1, 0, 2}) {
                    perm.writeInt64(8, axis);
                  }
                }));
      }
      values.add(result);
    }
  }
}
