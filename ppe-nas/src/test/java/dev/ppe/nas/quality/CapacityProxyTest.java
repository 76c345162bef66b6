package dev.ppe.nas.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.simulator.zoo.Zoo;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CapacityProxyTest {
  private static final Point ANY =
      SearchSpace.builder()
          .add(Parameter.integer("a", 1, 1))
          .build()
          .sample(new SplittableRandom(1));

  private static double of(String network) {
    Candidate candidate = new Candidate(0, ANY, Zoo.find(network).orElseThrow().graph());
    return ((Quality.Known) new CapacityProxy().of(candidate)).value();
  }

  @Test
  void saysThatItIsAProxy() {
    assertThat(new CapacityProxy().name()).contains("proxy").contains("not its accuracy");
  }

  /** The published accuracies of the family, smallest first, are in this order too. */
  @Test
  void growsWithTheNetworksOfAFamily() {
    assertThat(
            List.of(
                of("mobilenet_edgetpu_v2_tiny"),
                of("mobilenet_edgetpu_v2_xs"),
                of("mobilenet_edgetpu_v2_s"),
                of("mobilenet_edgetpu_v2_m"),
                of("mobilenet_edgetpu_v2_l")))
        .isSorted();
  }
}
