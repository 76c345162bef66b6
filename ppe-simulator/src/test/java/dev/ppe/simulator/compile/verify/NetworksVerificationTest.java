package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compiler makes of real and unreal networks holds after every phase. */
class NetworksVerificationTest {

  static Stream<String> zoo() {
    return Zoo.models().stream().map(ZooModel::name);
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void publishedNetworksVerifyOnEveryPreset(String model) {
    CanonicalGraph network = CanonicalGraph.of(Zoo.find(model).orElseThrow().graph());
    for (String preset : Presets.names()) {
      assertVerifies(network, Presets.get(preset));
    }
  }

  static Stream<Graph> networks() {
    return Stream.of(
            Networks.handMade().stream(),
            Stream.of(OperatorZoo.everyOperator(), TinyNetwork.graph()),
            IntStream.range(100, 130).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networksVerifyWhereMemoryIsScarceAndTheHostTakesTurns(Graph graph) {
    CanonicalGraph network = CanonicalGraph.of(graph);
    for (Accelerator accelerator : scarce()) {
      assertVerifies(network, accelerator);
    }
  }

  private static List<Accelerator> scarce() {
    return List.of(
        AcceleratorBuilder.like("coral-usb").contiguousRegion(false).build(),
        AcceleratorBuilder.like("coral-usb").peMemoryBytes(4096).build(),
        AcceleratorBuilder.like("coral-usb")
            .peMemoryBytes(8192)
            .parameterMemory(20_000, 4096)
            .build(),
        AcceleratorBuilder.like("tensor-g1").peMemoryBytes(4096).build(),
        AcceleratorBuilder.like("tensor-g1").residualAdd().build(),
        AcceleratorBuilder.small().peMemoryBytes(4096).residualAdd().build(),
        AcceleratorBuilder.like("tensor-g1").peMemoryBytes(3100).build(),
        AcceleratorBuilder.small().peMemoryBytes(4096).build(),
        AcceleratorBuilder.small().peMemoryBytes(3100).dram(1_000_000_000, 10).build(),
        AcceleratorBuilder.small().overflow(Overflow.PARAMETER_MEMORY).build());
  }

  private static void assertVerifies(CanonicalGraph network, Accelerator accelerator) {
    assertThatCode(
            () ->
                Compiler.compile(
                    network, accelerator, Phase.SCHEDULE, new Verification(), Interruption.NEVER))
        .as("%s on %s", network.graph().name(), accelerator.name())
        .doesNotThrowAnyException();
  }
}
