package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.hardware.Presets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseVerifierTest {
  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final List<Layer> layers = right.layers();

  private List<String> faults(List<Layer> broken) {
    return Verification.faults(Phase.FUSE, Broken.layers(right, broken));
  }

  private static Layer of(Layer like, List<Integer> nodes, List<Integer> inputs) {
    return new Layer(
        like.name(),
        like.kind(),
        nodes,
        like.main(),
        inputs,
        like.parameters(),
        like.outputs(),
        like.placement(),
        like.stage());
  }

  @Test
  void theFirstLayerHasTwoNodes() {
    assertThat(layers).extracting(Layer::name).containsExactly("conv", "depthwise", "sum", "sine");
    assertThat(layers.getFirst().nodes()).containsExactly(0, 1);
  }

  @Test
  void aLostLayerIsMissed() {
    assertThat(faults(Broken.without(layers, 1)))
        .containsExactly(
            "node \"depthwise\" is in no layer",
            "layer \"sum\" comes before what makes \"depthwise\"");
  }

  @Test
  void aNodeIsInOneLayerOnly() {
    List<Layer> twice = new ArrayList<>(layers);
    twice.add(layers.getLast());

    assertThat(faults(twice)).contains("node \"sine\" is in two layers");
  }

  @Test
  void layersFindTheirOperandsMade() {
    assertThat(faults(Broken.swapped(layers, 0, 1)))
        .containsExactly("layer \"depthwise\" comes before what makes \"relu\"");
  }

  @Test
  void aLayerRunsWhereItsNodesDo() {
    Layer sum = layers.get(2);
    Layer moved =
        new Layer(
            sum.name(),
            sum.kind(),
            sum.nodes(),
            sum.main(),
            sum.inputs(),
            sum.parameters(),
            sum.outputs(),
            new Placement.OnHost("for the test"),
            2);

    assertThat(faults(Broken.with(layers, 2, moved)))
        .contains("node \"sum\" runs elsewhere than its layer \"sum\"");
  }

  @Test
  void aLayerReadsWhatItsNodesRead() {
    Layer sum = layers.get(2);

    assertThat(faults(Broken.with(layers, 2, of(sum, sum.nodes(), sum.inputs().subList(0, 1)))))
        .containsExactly("layer \"sum\" reads something else than its nodes");
  }

  @Test
  void whatOthersReadIsNotLeftInside() {
    Layer whole = of(layers.get(1), List.of(2, 3), List.of(layers.get(1).inputs().getFirst()));

    assertThat(faults(Broken.without(Broken.with(layers, 1, whole), 2)))
        .contains(
            "layer \"depthwise\" makes something else than its last node",
            "layer \"sine\" comes before what makes \"sum\"");
  }
}
