package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.PlacedNode;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.hardware.Presets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceVerifierTest {
  private static final Placement ON = new Placement.OnAccelerator();

  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final List<PlacedNode> placed = right.placed();

  private List<String> faults(List<PlacedNode> nodes) {
    return Verification.faults(Phase.PLACE, Broken.placed(right, nodes));
  }

  @Test
  void aLostNodeIsMissed() {
    assertThat(faults(Broken.without(placed, 3)))
        .contains("times that node \"sum\" is placed: 0 instead of 1");
  }

  @Test
  void aNodeIsNotPlacedTwice() {
    List<PlacedNode> twice = new ArrayList<>(placed);
    twice.add(placed.getLast());

    assertThat(faults(twice)).contains("times that node \"sine\" is placed: 2 instead of 1");
  }

  @Test
  void producersComeFirst() {
    assertThat(faults(Broken.swapped(placed, 0, 1)))
        .contains("node \"relu\" comes before what makes \"conv\"");
  }

  @Test
  void hostAndAcceleratorTakeTurns() {
    PlacedNode late = new PlacedNode(3, ON, 2);

    assertThat(faults(Broken.with(placed, 3, late)))
        .contains("stage of node \"sum\": 2 instead of 1");
  }

  @Test
  void nothingGoesToTheAcceleratorBehindTheOneRegion() {
    PlacedNode host = new PlacedNode(2, new Placement.OnHost("for the test"), 2);
    PlacedNode back = new PlacedNode(3, ON, 3);

    assertThat(faults(Broken.with(Broken.with(placed, 2, host), 3, back)))
        .contains("node \"sum\" is on the accelerator behind the one region");
  }

  @Test
  void theHostHasAReason() {
    assertThat(faults(Broken.with(placed, 4, new PlacedNode(4, new Placement.OnHost(" "), 2))))
        .containsExactly("node \"sine\" is on the host without a reason");
  }
}
