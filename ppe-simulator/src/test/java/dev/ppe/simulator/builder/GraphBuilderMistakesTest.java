package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each mistake throws from the call that makes it, and the message names the layer. */
class GraphBuilderMistakesTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final GraphBuilder block = net.scope("g1b0");
  private final Value image = net.input("image", 1, 8, 8, 6);

  @Test
  void channelsMustBePositive() {
    assertMistake(() -> block.conv("conv", image, 0, Kernel.of(3), Activation.NONE))
        .hasMessage("layer \"g1b0/conv\": output channels is 0, must be 1 or more");
  }

  @Test
  void groupsDivideInputChannels() {
    assertMistake(() -> block.groupConv("gc", image, 8, 4, Kernel.of(3), Activation.NONE))
        .hasMessage("layer \"g1b0/gc\": 6 input channels do not divide into 4 groups");
  }

  @Test
  void groupsDivideOutputChannels() {
    assertMistake(() -> block.groupConv("gc", image, 8, 3, Kernel.of(3), Activation.NONE))
        .hasMessage("layer \"g1b0/gc\": 8 output channels do not divide into 3 groups");
  }

  @Test
  void kernelFitsThePaddedInput() {
    Kernel kernel = Kernel.of(9).padding(Padding.VALID);
    assertMistake(() -> block.depthwise("dw", image, kernel, Activation.NONE))
        .hasMessage("layer \"g1b0/dw\": kernel spans 9 elements but the padded input has only 8");
  }

  @Test
  void strideMustBePositive() {
    assertThatThrownBy(() -> Kernel.of(3).stride(0)).hasMessageContaining("stride height is 0");
  }

  @Test
  void convolutionNeedsAFeatureMap() {
    Value row = net.reshape("row", image, 1, -1);
    assertMistake(() -> block.pointwise("conv", row, 8, Activation.NONE))
        .hasMessageContaining("layer \"g1b0/conv\": feature map 1x384 must have rank 4");
  }

  @Test
  void fullyConnectedNeedsAPooledMap() {
    assertMistake(() -> block.fullyConnected("fc", image, 10, Activation.NONE))
        .hasMessage(
            "layer \"g1b0/fc\": input \"image\" 1x8x8x6 has positions besides features: pool or"
                + " reshape it first");
  }

  @Test
  void summandsHaveShapesThatBroadcast() {
    Value other = net.pointwise("other", image, 5, Activation.NONE);
    assertMistake(() -> block.add("add", image, other, Activation.NONE))
        .hasMessage("layer \"g1b0/add\": operands 1x8x8x6 and 1x8x8x5 do not broadcast");
  }

  @Test
  void summandsHaveOneType() {
    Value other = net.input("other", DataType.FLOAT32, 1, 8, 8, 6);
    assertMistake(() -> block.add("add", image, other, Activation.NONE))
        .hasMessage("layer \"g1b0/add\": operands have different types [INT8, FLOAT32]");
  }

  @Test
  void splitSizesAddUp() {
    assertMistake(() -> block.split("split", image, -1, List.of(2, 2)))
        .hasMessage("layer \"g1b0/split\": 2 sizes add up to 4, not to dimension 3 of 1x8x8x6");
  }

  @Test
  void shapesHaveNoNegativeDimension() {
    assertMistake(() -> net.input("other", 1, -8, 8, 3))
        .hasMessage("layer \"other\": shape [1, -8, 8, 3] has a negative dimension");
  }

  @Test
  void resultsHaveElements() {
    Operator nothing = new Operator.Slice(List.of(0, 0, 0, 0), List.of(1, 0, 8, 6));
    assertMistake(() -> block.apply("slice", nothing, image))
        .hasMessage("layer \"g1b0/slice\": gives 1x0x8x6, which has no elements");
  }

  @Test
  void operandsAreAllThere() {
    assertMistake(() -> block.apply("prelu", new Operator.PRelu(), image))
        .hasMessage("layer \"g1b0/prelu\": operand 1 is missing");
    assertMistake(() -> block.concat("concat", -1, List.of()))
        .hasMessage("layer \"g1b0/concat\": operand 0 is missing");
  }

  @Test
  void operatorsWithoutAShapeRuleAreRefused() {
    assertMistake(() -> block.apply("nms", new Operator.Custom("NMS"), image))
        .hasMessage("layer \"g1b0/nms\": has no shape rule: nms");
  }

  @Test
  void applyIsForOneResult() {
    assertMistake(() -> block.apply("split", new Operator.Split(-1, List.of(2, 4)), image))
        .hasMessage("layer \"g1b0/split\": split has 2 results");
  }

  @Test
  void namesAreUniqueInTheGraph() {
    block.pointwise("conv", image, 8, Activation.NONE);
    assertMistake(() -> net.scope("g1b0").maxPool("conv", image, Kernel.of(2)))
        .hasMessage("layer \"g1b0/conv\": the name is taken already");
  }

  @Test
  void namesAreNotBlank() {
    assertMistake(() -> block.maxPool(" ", image, Kernel.of(2)))
        .hasMessageContaining("a name is one or more words");
    assertMistake(() -> net.scope("g1/")).hasMessageContaining("layer \"g1/\"");
  }

  @Test
  void valuesBelongToOneGraph() {
    Value foreign = GraphBuilder.named("other", Arithmetic.INT8).input("photo", 1, 8, 8, 6);
    assertMistake(() -> block.maxPool("pool", foreign, Kernel.of(2)))
        .hasMessage("layer \"g1b0/pool\": operand \"photo\" 1x8x8x6 belongs to another graph");
  }

  @Test
  void everyLayerIsReadOrAnOutput() {
    Value first = block.pointwise("first", image, 8, Activation.NONE);
    block.pointwise("second", image, 8, Activation.NONE);
    assertMistake(() -> net.build(first))
        .hasMessage("layer \"g1b0/second\": nothing reads its result");
  }

  @Test
  void everyInputIsRead() {
    net.input("unused", 1, 8);
    assertMistake(() -> net.build(net.maxPool("pool", image, Kernel.of(2))))
        .hasMessage("input \"unused\": is never read");
  }

  @Test
  void everyParameterIsRead() {
    Value x = net.maxPool("pool", image, Kernel.of(2));
    block.weights("spare", Shape.of(8, 3, 3, 6), 0);
    assertMistake(() -> net.build(x)).hasMessage("parameter \"g1b0/spare\": is never read");
  }

  @Test
  void everyOutputIsGivenOnce() {
    Value x = net.maxPool("pool", image, Kernel.of(2));
    assertMistake(() -> net.build(x, x)).hasMessage("output \"pool\" 1x8x8x6: is given twice");
  }

  @Test
  void weightsAreOfTheInputsType() {
    Value tokens = net.input("tokens", DataType.INT32, 1, 8, 8, 6);
    assertMistake(() -> block.pointwise("conv", tokens, 8, Activation.NONE))
        .hasMessage(
            "layer \"g1b0/conv\": input \"tokens\" 1x8x8x6 is INT32, but the weights are INT8");
  }

  @Test
  void indicesAreIntegers() {
    Value floats = net.input("floats", DataType.FLOAT32, 1, 16);
    assertMistake(() -> TextBlocks.embed(block, "embed", floats, 100, 8))
        .hasMessage("layer \"g1b0/embed\": indices \"floats\" 1x16 are FLOAT32, must be integers");
  }

  @Test
  void graphHasOutputs() {
    assertMistake(() -> GraphBuilder.named("empty", Arithmetic.INT8).build())
        .hasMessage("graph: has no nodes");
  }

  @Test
  void blocksNameTheLayerToo() {
    Bottleneck bottleneck = new Bottleneck(24, 6, Kernel.of(3), Nonlinearity.RELU);
    assertMistake(() -> Blocks.groupConv(block, image, bottleneck, 24))
        .hasMessage(
            "layer \"g1b0/gc3x3\": 24 expanded channels do not make two or more groups of 24");
  }

  @Test
  void causeIsKept() {
    assertMistake(() -> block.weights("weights", Shape.of(1, 2), 9))
        .hasMessageContaining("layer \"g1b0/weights\": ")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertMistake(
      ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(GraphException.class);
  }
}
