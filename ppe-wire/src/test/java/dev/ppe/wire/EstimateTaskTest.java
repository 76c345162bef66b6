package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One piece of work serves all requests that differ in names alone, to the last byte. */
class EstimateTaskTest {
  private static final List<String> ACCELERATORS =
      List.of("coral-usb", "tensor-g1", "mobile-cpu", "systolic-64x64-ws", "edgetpu-v3");
  private static final List<Precision> PRECISIONS =
      List.of(
          Precision.PRECISION_STORED, Precision.PRECISION_INT8, Precision.PRECISION_UNSPECIFIED);

  private final LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  private EstimateTask task(EstimateRequest.Builder request) {
    return estimator.prepare(request.build(), Interruption.NEVER);
  }

  private EstimateResponse computed(EstimateRequest.Builder request) {
    return estimator.estimate(request.build(), Interruption.NEVER);
  }

  private static EstimateRequest.Builder request(Graph graph) {
    return EstimateRequest.newBuilder().setGraph(GraphCodec.encode(graph));
  }

  private void assertSharedWithACopy(Graph graph, long seed, String accelerator, Precision numbers)
      throws Exception {
    for (Detail detail :
        List.of(Detail.DETAIL_SUMMARY, Detail.DETAIL_LAYERS, Detail.DETAIL_TIMELINE)) {
      EstimateRequest.Builder original =
          request(graph).setAcceleratorName(accelerator).setDetail(detail).setPrecision(numbers);
      EstimateRequest.Builder copy =
          original.clone().setGraph(GraphCodec.encode(Copies.of(graph, seed))).setBatch(3);
      EstimateTask ofCopy = task(copy);

      assertThat(ofCopy.key()).isEqualTo(task(original).key());
      byte[] shared = task(original).shared(Interruption.NEVER).toByteArray();
      byte[] own = ofCopy.names().ownAnswer(shared, Interruption.NEVER);
      assertThat(EstimateResponse.parseFrom(own)).isEqualTo(computed(copy)); // reads better
      assertThat(own).isEqualTo(computed(copy).toByteArray());
    }
  }

  static Stream<String> networks() {
    return Zoo.models().stream().map(ZooModel::name);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void anAnswerIsSharedByNetworksThatDifferInNamesAndOrder(String name) throws Exception {
    int seed = name.hashCode() & 0xffff;
    assertSharedWithACopy(
        Zoo.find(name).orElseThrow().graph(),
        seed,
        ACCELERATORS.get(seed % ACCELERATORS.size()),
        PRECISIONS.get(seed % PRECISIONS.size()));
  }

  @Test
  void reasonsThatNameANodeAreShared() throws Exception {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    var x = net.input("in", 1, 8, 8, 16);
    x = net.pointwise("before", x, 16, Activation.NONE);
    x = net.apply("sine", new Operator.Unary(Operator.UnaryFunction.SIN), x);
    Graph graph = net.build(net.pointwise("after", x, 16, Activation.NONE));

    assertThat(computed(request(graph)).getLayers(2).getPlacementReason())
        .startsWith("comes after \"sine\" on the host");
    assertSharedWithACopy(graph, 1, "coral-usb", Precision.PRECISION_STORED);
  }

  @Test
  void namesOfAllKindsArePutIn() throws Exception {
    for (String name :
        List.of(
            "", "\u00e9", "\ud83d\ude00".repeat(300), "n".repeat(255) + "\ud83d\ude00", "\ud83d")) {
      GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
      var x =
          net.apply("sine", new Operator.Unary(Operator.UnaryFunction.SIN), net.input("in", 1, 8));
      Graph plain =
          net.build(net.apply("relu", new Operator.Unary(Operator.UnaryFunction.RELU), x));
      List<Node> nodes =
          plain.nodes().stream()
              .map(node -> new Node(name, node.operator(), node.inputs(), node.outputs()))
              .toList();
      EstimateRequest.Builder named =
          request(new Graph(name, plain.tensors(), nodes, plain.inputs(), plain.outputs()));
      byte[] shared = task(request(plain)).shared(Interruption.NEVER).toByteArray();

      assertThat(task(named).names().ownAnswer(shared, Interruption.NEVER))
          .isEqualTo(computed(named).toByteArray());
    }
  }

  /** Or the answer would be as large as the network times the name. */
  @Test
  void aLongNameIsCutWhereOthersSayIt() throws Exception {
    String name = "n".repeat(1 << 20);
    Operator relu = new Operator.Unary(Operator.UnaryFunction.RELU);
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    var x = net.apply("before", relu, net.input("in", 1, 8));
    x = net.apply(name, new Operator.Unary(Operator.UnaryFunction.SIN), x);
    for (int i = 0; i < 100; i++) {
      x = net.apply("relu" + i, relu, x);
    }
    EstimateResponse answer = computed(request(net.build(x)));

    assertThat(answer.getLayersList())
        .anySatisfy(layer -> assertThat(layer.getName()).isEqualTo(name))
        .anySatisfy(layer -> assertThat(layer.getPlacementReason()).startsWith("comes after \"nnn"))
        .allSatisfy(layer -> assertThat(layer.getPlacementReason()).hasSizeLessThan(400));
    assertThat(answer.getSerializedSize()).isLessThan((1 << 20) + 100_000);
  }

  @Test
  void aDamagedAnswerIsNobodys() {
    Graph graph = SampleGraphs.convolution();
    AnswerNames names = task(request(graph)).names();
    for (String name : List.of("\u001ax\u001a", "\u001a99\u001a", "\u001a0")) {
      byte[] damaged =
          EstimateResponse.newBuilder()
              .addLayers(Layer.newBuilder().setName(name))
              .build()
              .toByteArray();
      assertThatThrownBy(() -> names.ownAnswer(damaged, Interruption.NEVER))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aGroupConvolutionInPartsIsShared() throws Exception {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    var parts = net.split("cut", net.input("in", 1, 8, 8, 32), 3, List.of(16, 16));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      outputs.add(net.pointwise("part" + i, parts.get(i), 16, Activation.NONE));
    }
    Graph graph = net.build(net.concat("whole", 3, outputs));

    assertThat(computed(request(graph)).getLayersList()).hasSize(1);
    assertSharedWithACopy(graph, 2, "edgetpu-v1", Precision.PRECISION_STORED);
  }

  @Test
  void whateverChangesAnAnswerChangesTheKey() {
    Graph graph = SampleGraphs.convolution();
    Accelerator spec = AcceleratorCatalog.getAccelerator("edgetpu-v1");
    Accelerator preset = AcceleratorCatalog.getAccelerator(Presets.DEFAULT); // and keeps its name
    List<EstimateRequest.Builder> requests =
        List.of(
            request(graph),
            request(Zoo.models().getFirst().graph()),
            request(graph).setAcceleratorName("edgetpu-v1"),
            request(graph).setAcceleratorSpec(spec.toBuilder().setName("mine")),
            request(graph).setAcceleratorSpec(spec.toBuilder().setClockHz(spec.getClockHz() + 1)),
            request(graph).setFidelity(Fidelity.FIDELITY_ANALYTICAL),
            request(graph).setPrecision(Precision.PRECISION_BF16),
            request(graph).setDetail(Detail.DETAIL_SUMMARY),
            request(graph).setDetail(Detail.DETAIL_TIMELINE),
            request(graph).setInferenceRate(7),
            request(graph).setParameterMemoryReservedBytes(4096),
            request(graph)
                .setAcceleratorSpec(preset.toBuilder().setClockHz(preset.getClockHz() + 1)));
    Set<AnswerKey> keys = new HashSet<>();
    requests.forEach(request -> keys.add(task(request).key()));
    assertThat(keys).hasSameSizeAs(requests);
  }

  @Test
  void whatIsLeftOutAndItsDefaultHaveOneKey() {
    Graph graph = SampleGraphs.convolution();
    assertThat(
            task(request(graph)
                    .setAcceleratorSpec(AcceleratorCatalog.getAccelerator(Presets.DEFAULT))
                    .setFidelity(Fidelity.FIDELITY_CYCLE)
                    .setPrecision(Precision.PRECISION_STORED)
                    .setDetail(Detail.DETAIL_LAYERS)
                    .setModelName("mine")
                    .setBatch(1)
                    .putDimensions("a", 2))
                .key())
        .isEqualTo(task(request(graph)).key());
  }

  @Test
  void anOperatorThatIsCalledLikeAMarkKeepsItsAnswerForItself() {
    Graph graph = SampleGraphs.convolution();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Node custom = nodes.removeLast();
    Operator operator = new Operator.Custom("\u001a0\u001a");
    nodes.add(new Node(custom.name(), operator, custom.inputs(), custom.outputs()));
    Graph marked = new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());

    assertThat(task(request(graph)).shareable()).isTrue();
    assertThat(task(request(marked)).shareable()).isFalse();
    Accelerator spec = AcceleratorCatalog.getAccelerator("edgetpu-v1");
    assertThat(
            task(request(graph).setAcceleratorSpec(spec.toBuilder().setName("\u001a0\u001a")))
                .shareable())
        .isFalse();
  }

  @Test
  void aFailureNamesTheNodesOfTheRequest() {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    var x = net.input("in", 1, 1024);
    for (int i = 0; i < 10_000; i++) { // whose parameters come in many pieces
      x = net.fullyConnected("layer" + i, x, 1024, Activation.NONE);
    }
    Accelerator.Builder spec = AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    spec.getParameterMemoryBuilder().setCacheBytes(0).setStagingBytes(1 << 10);
    Graph graph = net.build(x);
    EstimateRequest.Builder original = request(graph).setAcceleratorSpec(spec);
    EstimateRequest.Builder copy =
        original.clone().setGraph(GraphCodec.encode(Copies.of(graph, 3)));
    Throwable shared = catchThrowable(() -> task(original).shared(Interruption.NEVER));
    Throwable own = catchThrowable(() -> computed(copy));

    assertThat(own).hasMessageContaining("node \"copy of layer").hasMessageContaining("more than");
    assertThat(Statuses.of(task(copy).names().ownFailure(shared)).toString())
        .isEqualTo(Statuses.of(own).toString());
  }
}
