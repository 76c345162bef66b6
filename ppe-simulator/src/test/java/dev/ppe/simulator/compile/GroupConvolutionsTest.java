package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A group convolution costs the same in whatever form it is written. */
class GroupConvolutionsTest {
  private static final Kernel THREE = Kernel.of(3);
  private static final int GROUPS = 4;

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void thePortableFormHasTheMappingOfTheNativeOne(String name, Graph graph) {
    Graph portable = PortableGroups.expand(graph);

    for (String preset : List.of("tensor-g1", "coral-usb")) {
      Accelerator accelerator = Presets.get(preset);
      assertThat(map(portable, accelerator)).isEqualTo(map(graph, accelerator));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void soHasThePortableFormThatWentThroughAFile(String name, Graph graph) {
    Graph portable = PortableGroups.expand(graph);
    Graph again =
        TfliteReader.read(
                graph.name(), TfliteWriter.write(portable, Weights.ZERO), ImportOptions.DEFAULT)
            .graph();

    Mapping mapping = map(again, Presets.get("tensor-g1"));
    Mapping expected = map(graph, Presets.get("tensor-g1"));
    assertThat(mapping.layers()).isEqualTo(expected.layers());
    assertThat(mapping.tilings()).isEqualTo(expected.tilings());
    assertThat(mapping.memory()).isEqualTo(expected.memory());
  }

  private static Stream<Arguments> networks() {
    return Stream.concat(
            Stream.of(SampleNetworks.groupConvolutions(), SampleNetworks.blocks(Arithmetic.INT8)),
            Zoo.models().stream().map(model -> model.graph()))
        .filter(graph -> kinds(graph).contains("group-conv"))
        .map(graph -> Arguments.of(graph.name(), graph));
  }

  @Test
  void thePortableFormHasAllParametersAndTakesAsLong() {
    Graph graph = SampleNetworks.groupConvolutions();
    Graph portable = PortableGroups.expand(graph);

    assertThat(kinds(portable)).doesNotContain("group-conv").contains("split", "conv", "concat");
    assertThat(Workload.parameters(portable)).isEqualTo(Workload.parameters(graph));
    assertThat(Workload.macs(portable)).isEqualTo(Workload.macs(graph));
    Evaluation one = evaluate(graph);
    Evaluation other = evaluate(portable);
    assertThat(other.latencyUs()).isEqualTo(one.latencyUs());
    assertThat(other.layers()).isEqualTo(one.layers());
  }

  @Test
  void slicesAreASplitToo() {
    Graph sliced = inParts((net, x) -> slices(net, x, true), THREE, Activation.RELU);

    assertThat(kinds(joined(sliced))).containsExactly("group-conv");
    assertThat(map(sliced, Presets.get("tensor-g1")).tilings())
        .isEqualTo(map(inOne(THREE, Activation.RELU), Presets.get("tensor-g1")).tilings());
  }

  @Test
  void anActivationAfterTheConcatenationBecomesTheConvolutions() {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    List<Value> results = convolutions(net, split(net, x), THREE, Activation.NONE);
    Value y = net.applyAll("y", new Operator.Concat(3, Activation.RELU), results).getFirst();

    Graph joined = joined(net.build(y));

    assertThat(joined.nodes().getFirst().operator())
        .isEqualTo(new Operator.Conv2d(THREE.window(), GROUPS, Activation.RELU));
  }

  @Test
  void partsInAnotherOrderAreNone() {
    assertThat(kinds(joined(inParts((net, x) -> split(net, x).reversed(), THREE, Activation.RELU))))
        .doesNotContain("group-conv");
  }

  @Test
  void partsThatLeaveOutChannelsAreNone() {
    assertThat(kinds(joined(inParts((net, x) -> slices(net, x, false), THREE, Activation.RELU))))
        .doesNotContain("group-conv");
  }

  @Test
  void differentConvolutionsAreNone() {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    List<Value> parts = split(net, x);
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      Kernel kernel = i == 2 ? Kernel.of(5) : THREE;
      results.add(net.conv("c" + i, parts.get(i), 16, kernel, Activation.RELU));
    }

    assertThat(kinds(joined(net.build(net.concat("y", 3, results))))).doesNotContain("group-conv");
  }

  @Test
  void sharedWeightsAreNone() {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    Value weights = net.weights("w", Shape.of(8, 3, 3, 8), 0);
    Operator conv = new Operator.Conv2d(THREE.window(), 1, Activation.NONE);
    List<Value> parts = split(net, x);
    List<Value> results =
        IntStream.range(0, GROUPS)
            .mapToObj(i -> net.apply("c" + i, conv, parts.get(i), weights))
            .toList();

    assertThat(kinds(joined(net.build(net.concat("y", 3, results))))).doesNotContain("group-conv");
  }

  @Test
  void aPartThatSomebodyElseSeesIsNone() {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    List<Value> results = convolutions(net, split(net, x), THREE, Activation.RELU);
    Value y = net.concat("y", 3, results);

    assertThat(kinds(joined(net.build(y, results.get(1))))).doesNotContain("group-conv");
  }

  @Test
  void aConcatenationAlongAnotherAxisIsNone() {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    List<Value> results = convolutions(net, split(net, x), THREE, Activation.RELU);

    assertThat(kinds(joined(net.build(net.concat("y", 2, results))))).doesNotContain("group-conv");
  }

  private interface Cut {
    List<Value> apply(GraphBuilder net, Value x);
  }

  private static Graph inParts(Cut cut, Kernel kernel, Activation activation) {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    return net.build(net.concat("y", 3, convolutions(net, cut.apply(net, x), kernel, activation)));
  }

  private static Graph inOne(Kernel kernel, Activation activation) {
    GraphBuilder net = GraphBuilder.named("parts", Arithmetic.INT8);
    Value x = net.input("x", 1, 14, 14, 32);
    return net.build(net.groupConv("y", x, 16 * GROUPS, GROUPS, kernel, activation));
  }

  private static List<Value> split(GraphBuilder net, Value x) {
    return net.split("split", x, 3, List.of(8, 8, 8, 8));
  }

  private static List<Value> slices(GraphBuilder net, Value x, boolean complete) {
    int channels = complete ? 8 : 4;
    List<Value> slices = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      Operator slice =
          i % 2 == 0
              ? new Operator.Slice(List.of(0, 0, 0, i * channels), List.of(-1, -1, -1, channels))
              : new Operator.StridedSlice(
                  List.of(0, 0, 0, i * channels),
                  List.of(0, 0, 0, (i + 1) * channels),
                  List.of(1, 1, 1, 1),
                  7,
                  7,
                  0,
                  0,
                  0);
      slices.add(net.apply("slice" + i, slice, x));
    }
    return slices;
  }

  private static List<Value> convolutions(
      GraphBuilder net, List<Value> parts, Kernel kernel, Activation activation) {
    return IntStream.range(0, parts.size())
        .mapToObj(i -> net.conv("c" + i, parts.get(i), 16, kernel, activation))
        .toList();
  }

  private static Graph joined(Graph graph) {
    return GroupConvolutions.join(CanonicalGraph.of(graph).graph(), Interruption.NEVER);
  }

  private static List<String> kinds(Graph graph) {
    return graph.nodes().stream().map(Node::operator).map(Operator::kind).toList();
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }

  private static Evaluation evaluate(Graph graph) {
    return PerformanceEvaluator.evaluate(
        graph, Presets.get("tensor-g1"), Fidelity.CYCLE, Interruption.NEVER);
  }
}
