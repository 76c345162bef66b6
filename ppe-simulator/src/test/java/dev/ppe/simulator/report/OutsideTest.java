package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.LayerBounds;
import dev.ppe.simulator.zoo.Zoo;
import org.junit.jupiter.api.Test;

/** Layers that are not like those that were measured say so. */
class OutsideTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 56, 56, 32);

  private Graph depthwise(int kernel) {
    return net.build(net.depthwise("dw", x, Kernel.of(kernel), Nonlinearity.RELU));
  }

  @Test
  void aLargerKernelIsSaid() {
    Evaluation answer = Evaluate.on(AcceleratorBuilder.like("tensor-g1"), depthwise(9));

    assertThat(answer.validated()).isTrue();
    assertThat(answer.layers().getFirst().outside())
        .isEqualTo("depthwise-conv: kernel 9, validated to 5");
    assertThat(answer.outsideLayers()).isEqualTo(1);
    assertThat(answer.outsideCycles()).isEqualTo(answer.layers().getFirst().cycles());
  }

  @Test
  void whatWasMeasuredIsNot() {
    Evaluation answer =
        Evaluate.on(
            AcceleratorBuilder.like("tensor-g1"),
            Zoo.find("mobilenet_edgetpu_v2_s").orElseThrow().graph());

    assertThat(answer.outsideLayers()).isZero();
    assertThat(answer.outsideCycles()).isZero();
  }

  @Test
  void whereNothingWasMeasuredNothingIsSaidOfLayers() {
    Evaluation answer = Evaluate.on(AcceleratorBuilder.like("edgetpu-v3"), depthwise(9));

    assertThat(answer.validated()).isFalse();
    assertThat(answer.outsideLayers()).isZero();
  }

  @Test
  void whatTheHostDoesIsSaid() {
    Graph graph = net.build(net.unary("sine", UnaryFunction.SIN, x));
    Evaluation answer = Evaluate.on(AcceleratorBuilder.like("coral-usb"), graph);

    assertThat(answer.layers().getFirst().onAccelerator()).isFalse();
    assertThat(answer.layers().getFirst().outside())
        .isEqualTo("sin: on the host, where no measured network has it");
  }

  @Test
  void viewsAreNotMeant() {
    Graph graph = net.build(net.reshape("flat", x, 1, 56 * 56 * 32));
    Evaluation answer = Evaluate.on(AcceleratorBuilder.like("tensor-g1"), graph);

    assertThat(answer.outsideLayers()).isZero();
  }

  /** 32 channels in two groups of 16, each to 32; a weight for each of 3 x 3 x 16 inputs. */
  @Test
  void aShapeIsTheLargestOfItsFigures() {
    Graph graph =
        net.build(net.groupConv("gc", x, 64, 2, Kernel.of(3).stride(2), Nonlinearity.RELU));

    assertThat(LayerShape.of(graph, graph.nodes().getFirst()))
        .isEqualTo(new LayerBounds("group-conv", 3, 2, 1, 2, 56, 32, 64, 64 * 9 * 16 + 64));
  }

  @Test
  void tokensAreTheSideOfAText() {
    GraphBuilder text = GraphBuilder.named("text", Arithmetic.INT8);
    Value tokens = text.input("tokens", 2, 384, 512);
    Graph graph = text.build(text.unary("relu", UnaryFunction.RELU, tokens));

    assertThat(LayerShape.of(graph, graph.nodes().getFirst()).size()).isEqualTo(384);
  }
}
