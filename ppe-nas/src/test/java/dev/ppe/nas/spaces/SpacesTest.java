package dev.ppe.nas.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.GraphCodec;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpacesTest {
  static Stream<String> names() {
    return Spaces.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everySampleIsANetworkThatTheServiceUnderstands(String name) {
    ModelSpace space = Spaces.find(name).orElseThrow();
    assertThat(space.name()).isEqualTo(name);
    assertThat(space.space().size().exact()).isTrue();
    SplittableRandom random = new SplittableRandom(17);
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(5))) {
      for (int i = 0; i < 5; i++) {
        Point point = space.space().sample(random);
        EstimateResponse answer =
            client.estimate(
                EstimateRequest.newBuilder()
                    .setGraph(GraphCodec.encode(space.graph(point)))
                    .setAcceleratorName("tensor-g1")
                    .setDetail(Detail.DETAIL_SUMMARY)
                    .build());
        assertThat(answer.getLatencyUs()).as("%s", point).isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void mutantsAndChildrenAreNetworksToo(String name) {
    ModelSpace space = Spaces.find(name).orElseThrow();
    SplittableRandom random = new SplittableRandom(23);
    Point point = space.space().sample(random);
    for (int i = 0; i < 30; i++) {
      Point mutant = space.space().mutate(point, random);
      Point child = space.space().crossOver(point, mutant, random);
      assertThat(space.graph(mutant).nodes()).isNotEmpty();
      assertThat(space.graph(child).nodes()).isNotEmpty();
      assertThat(space.space().point(child.assignment())).isEqualTo(child);
      point = space.space().mutate(child, random);
    }
  }

  /** Of these, NAS-Bench-201's is the paper's too; docs/search.md tells of the others. */
  @Test
  void sizesAreTheProductsOfTheirChoices() {
    assertThat(points("nasbench201")).isEqualTo(15_625);
    assertThat(points("fbnet")).isEqualTo(BigInteger.valueOf(9).pow(22).shiftLeft(1));
    // One kernel, six first layers of six kinds, fifteen layers that may be left out.
    assertThat(points("proxylessnas"))
        .isEqualTo(BigInteger.valueOf(3 * 46_656).multiply(BigInteger.valueOf(7).pow(15)));
    assertThat(points("proxylessnas-enlarged"))
        .isEqualTo(points("proxylessnas").multiply(BigInteger.valueOf(7).pow(9)));
  }

  private static BigInteger points(String name) {
    return Spaces.find(name).orElseThrow().space().size().points();
  }

  @Test
  void otherNamesFindNothing() {
    assertThat(Spaces.find("nasbench101")).isEmpty();
    assertThatThrownBy(() -> Spaces.text("../x")).hasMessage("there is no space ../x");
    assertThat(List.of(Spaces.text("fbnet").split("\n"))).contains("name: fbnet");
  }
}
