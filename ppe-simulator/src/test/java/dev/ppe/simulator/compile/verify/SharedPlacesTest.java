package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** In the tiny network the sum of "relu" and "depthwise" is written over "depthwise". */
class SharedPlacesTest {
  private static final String NOT_OVER_DEPTHWISE =
      "\"sum\" is in the place of \"depthwise\" and not written over it";

  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final MemoryPlan plan = right.mapping().orElseThrow().memory();

  private Activation activation(String name) {
    return plan.activations().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  private static Activation placed(Activation a, int place) {
    return new Activation(
        a.tensor(), a.name(), a.root(), place, a.bytes(), a.firstStep(), a.lastStep(), a.spill());
  }

  private static Activation until(Activation a, int step) {
    return new Activation(
        a.tensor(), a.name(), a.root(), a.place(), a.bytes(), a.firstStep(), step, a.spill());
  }

  private static Activation sized(Activation a, long bytes) {
    return new Activation(
        a.tensor(), a.name(), a.root(), a.place(), bytes, a.firstStep(), a.lastStep(), a.spill());
  }

  /** Of the plan with others in the place of those activations. */
  private List<String> faults(Activation... changed) {
    return Verification.faults(Phase.ALLOCATE, Broken.memory(right, with(changed)));
  }

  private static UnaryOperator<MemoryPlan> with(Activation... changed) {
    return p -> {
      MemoryPlan result = p;
      for (Activation other : changed) {
        List<Integer> tensors = p.activations().stream().map(Activation::tensor).toList();
        int index = tensors.indexOf(other.tensor());
        result = Broken.activations(result, Broken.with(result.activations(), index, other));
      }
      return result;
    };
  }

  @Test
  void aSumMayBeWrittenOverTheOperandThatItReadsLast() {
    assertThat(activation("sum").place()).isEqualTo(activation("depthwise").tensor());
    assertThat(activation("sum").isInPlace()).isTrue();
    assertThat(faults()).isEmpty();
  }

  @Test
  void notOverOneThatIsReadLater() {
    assertThat(faults(until(activation("depthwise"), 3))).contains(NOT_OVER_DEPTHWISE);
  }

  @Test
  void notOverOneOfAnotherSize() {
    assertThat(faults(sized(activation("depthwise"), activation("sum").bytes() + 1)))
        .contains(NOT_OVER_DEPTHWISE);
  }

  /** As many bytes, in other rows and columns: positions do not lie where they are read. */
  @Test
  void notOverOneOfAnotherShape() {
    Graph graph = right.graph();
    int depthwise = activation("depthwise").tensor();
    Tensor other = graph.tensor(depthwise).withShape(Shape.of(1, 16, 4, 16));
    Graph changed =
        new Graph(
            graph.name(),
            Broken.with(graph.tensors(), depthwise, other),
            graph.nodes(),
            graph.inputs(),
            graph.outputs());

    assertThat(Verification.faults(Phase.ALLOCATE, Broken.memory(right, changed, p -> p)))
        .contains(NOT_OVER_DEPTHWISE);
  }

  @Test
  void notOverWhatItDoesNotRead() {
    Activation image = activation("image");
    Activation sum = activation("sum");

    assertThat(
            faults(placed(sum, image.tensor()), sized(until(image, sum.firstStep()), sum.bytes())))
        .contains("\"sum\" is in the place of \"image\" and not written over it");
  }

  /** A window reads positions around the one that it writes. */
  @Test
  void aConvolutionIsWrittenOverNothing() {
    Activation relu = activation("relu");
    Activation depthwise = activation("depthwise");

    assertThat(
            faults(
                placed(depthwise, relu.tensor()),
                sized(until(relu, depthwise.firstStep()), depthwise.bytes())))
        .contains("\"depthwise\" is in the place of \"relu\" and not written over it");
  }
}
