package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GroupFormTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value image = net.input("image", 1, 8, 8, 24);

  private Graph written(GroupForm form, int channels, int groups, Nonlinearity nonlinearity) {
    Kernel kernel = Kernel.of(3).stride(2);
    return net.build(form.write(net, "gc", image, channels, groups, kernel, nonlinearity));
  }

  @ParameterizedTest
  @EnumSource
  void formsDoAndStoreTheSame(GroupForm form) {
    Graph graph = written(form, 48, 4, Nonlinearity.RELU);
    assertThat(Workload.macs(graph)).isEqualTo(4 * 4 * 48 * (24 / 4) * 3 * 3);
    assertThat(Workload.parameters(graph)).isEqualTo(48 * (24 / 4) * 3 * 3 + 48);
  }

  @Test
  void portableFormActivatesEachGroup() {
    Graph graph = written(GroupForm.PORTABLE, 48, 3, Nonlinearity.RELU);
    assertThat(graph.nodes())
        .filteredOn(node -> node.operator() instanceof Operator.Conv2d)
        .hasSize(3)
        .allSatisfy(node -> assertThat(node.toString()).contains("activation=RELU"));
  }

  @Test
  void functionThatNoConvolutionHasStandsBehindTheConcatenation() {
    assertThat(written(GroupForm.PORTABLE, 48, 2, Nonlinearity.HARD_SWISH).nodes())
        .extracting(Node::name)
        .containsExactly("gc/split", "gc/group/0", "gc/group/1", "gc", "gc/hard-swish");
  }

  @Test
  void singleGroupNeedsNoSlices() {
    assertThat(written(GroupForm.PORTABLE, 48, 1, Nonlinearity.RELU).nodes())
        .extracting(Node::name)
        .containsExactly("gc");
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, 48, 5, 24 input channels do not divide into 5 groups",
    "PORTABLE, 48, 5, 24 input channels do not divide into 5 groups",
    "NATIVE, 42, 4, 42 output channels do not divide into 4 groups",
    "PORTABLE, 42, 4, 42 output channels do not divide into 4 groups",
    "NATIVE, 48, 0, 'groups is 0, must be 1 or more'",
    "PORTABLE, 48, 0, 'groups is 0, must be 1 or more'",
  })
  void groupsDivideTheChannelsOfBothSides(GroupForm form, int channels, int groups, String reason) {
    assertThatThrownBy(() -> written(form, channels, groups, Nonlinearity.RELU))
        .isInstanceOf(GraphException.class)
        .hasMessage("layer \"gc\": " + reason);
  }
}
