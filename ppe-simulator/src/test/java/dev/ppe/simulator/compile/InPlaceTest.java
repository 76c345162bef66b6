package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the two operands of a sum it is the one made last that the sum is written over. */
class InPlaceTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 16, 16, 16);

  private static Mapping map(Graph graph, long peMemoryBytes) {
    return Compiler.map(
        CanonicalGraph.of(graph),
        AcceleratorBuilder.small().peMemoryBytes(peMemoryBytes).build(),
        Interruption.NEVER);
  }

  private static List<Buffer> activations(Mapping mapping) {
    return mapping.memory().buffers().stream()
        .filter(buffer -> !buffer.what().startsWith("streams of "))
        .toList();
  }

  private static List<String> inPlace(Mapping mapping) {
    return mapping.memory().activations().stream()
        .filter(MemoryPlan.Activation::isInPlace)
        .map(MemoryPlan.Activation::name)
        .toList();
  }

  private Value pointwise(String name, Value of, int channels) {
    return net.pointwise(name, of, channels, Activation.NONE);
  }

  @Test
  void aSumIsWrittenOverTheOperandThatWasMadeLast() {
    Value a = pointwise("a", x, 16);
    Value b = pointwise("b", a, 16);
    Value sum = net.add("sum", a, b, Activation.NONE);
    Mapping mapping = map(net.build(pointwise("end", sum, 4)), 64 << 10);

    assertThat(activations(mapping))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(
            tuple("x", 0, 0), tuple("a", 0, 2), tuple("b", 1, 3), tuple("end", 3, 3));
    assertThat(inPlace(mapping)).containsExactly("sum");
  }

  /** b is read by the last layer, so the sum takes the place of a. */
  @Test
  void anOperandThatIsReadAgainKeepsItsPlace() {
    Value a = pointwise("a", x, 16);
    Value b = pointwise("b", a, 16);
    Value sum = net.add("sum", a, b, Activation.NONE);
    Mapping mapping =
        map(net.build(net.add("end", pointwise("c", sum, 16), b, Activation.NONE)), 64 << 10);

    assertThat(activations(mapping))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(
            tuple("x", 0, 0), tuple("a", 0, 3), tuple("b", 1, 4), tuple("c", 3, 4));
    assertThat(inPlace(mapping)).containsExactlyInAnyOrder("sum", "end");
  }

  @Test
  void whatTheCallerReadsKeepsItsPlace() {
    Value a = pointwise("a", x, 16);
    Value b = net.apply("b", new Operator.Unary(UnaryFunction.ABS), a);

    assertThat(inPlace(map(net.build(a, b), 64 << 10))).isEmpty();
  }

  /** A 3 x 3 convolution reads the sum, so that a PE holds more of it than of the operands. */
  @Test
  void aResultThatTakesMoreRoomThanTheOperandHasAPlaceOfItsOwn() {
    Value a = pointwise("a", x, 16);
    Value b = pointwise("b", a, 16);
    Value sum = net.add("sum", a, b, Activation.NONE);
    Value end = net.conv("end", sum, 4, Kernel.of(3), Activation.NONE);

    assertThat(inPlace(map(net.build(end), 64 << 10))).isEmpty();
  }

  /** 1 x 16 values that are added to each position are no place for a map. */
  @Test
  void anOperandThatIsBroadcastIsNotWrittenOver() {
    Value a = pointwise("a", x, 16);
    Value scale = net.globalAveragePool("scale", a);
    Value product = net.multiply("product", a, scale);
    Mapping mapping = map(net.build(pointwise("end", product, 4)), 64 << 10);

    assertThat(activations(mapping))
        .filteredOn(buffer -> buffer.what().equals("scale"))
        .extracting(Buffer::lastStep)
        .containsExactly(2);
    assertThat(inPlace(mapping)).containsExactly("product");
  }

  @Test
  void aChainOfFunctionsIsOneBuffer() {
    Value y = pointwise("y", x, 16);
    Value z = y;
    for (int i = 0; i < 5; i++) {
      z = net.apply("f" + i, new Operator.Unary(UnaryFunction.ABS), z);
    }
    Mapping mapping = map(net.build(pointwise("end", z, 4)), 64 << 10);

    assertThat(activations(mapping))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(tuple("x", 0, 0), tuple("y", 0, 6), tuple("end", 6, 6));
  }

  /**
   * a, b and their sum are 4 KiB each in a PE. Apart they need 12 KiB while the sum is made;
   * written over b, it fits into 8 KiB, as long as its inputs land elsewhere.
   */
  @Test
  void whatFitsInPlaceDoesNotOverflow() {
    Value a = pointwise("a", x, 64);
    Value b = pointwise("b", a, 64);
    Value sum = net.add("sum", a, b, Activation.NONE);
    Mapping mapping = map(net.build(pointwise("end", sum, 4)), 8 << 10);

    assertThat(mapping.memory().overflowing()).doesNotContain(true);
    assertThat(mapping.memory().peakBytes()).isEqualTo(8 << 10);
    MemoryPlans.assertSharedInPlaceOnly(mapping);
  }
}
