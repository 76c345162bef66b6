package dev.ppe.nas.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.CanonicalGraph;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However a description is written: its parameters and their choices, how many points there are,
 * which point is at which place, and the networks of points stay as they are. Studies, tables and
 * docs/search.md rely on it. The digests were taken of descriptions that wrote every block out.
 */
class SpaceIdentityTest {
  private static final int PLACES = 50;
  private static final int SAMPLES = 20;
  private static final int NETWORKS = 3;

  @ParameterizedTest
  @CsvSource({
    "mobilenet-edgetpu-v2, 1067e61c3bba9cff",
    "autoseg-edgetpu, 5c0e0d6dd982d5b7",
    "spaghettinet-edgetpu, a547d0d33e6ae378",
    "mobilebert-edgetpu, 10b8296b0cb5ced8",
    "proxylessnas, 2fc57f61a5dad589",
    "proxylessnas-enlarged, 60a76928035fe20d",
    "tunas-mobilenet-v3, c2dc85279ed2ee78",
    "mobiledet, f7c1c989ce968683",
    "fbnet, e69088950d7292c4",
    "nasbench201, fdb735114cebd7cc"
  })
  void aSpaceIsWhatItWas(String name, String digest) throws Exception {
    assertThat(digest(Spaces.find(name).orElseThrow())).isEqualTo(digest);
  }

  private static String digest(ModelSpace model) throws Exception {
    SearchSpace space = model.space();
    StringBuilder text = new StringBuilder(space.size().points().toString()).append('\n');
    for (Parameter parameter : space.parameters()) {
      text.append(parameter.name())
          .append(
              IntStream.range(0, parameter.size())
                  .mapToObj(parameter::label)
                  .collect(Collectors.joining(",", "=", "\n")));
    }
    BigInteger step = space.size().points().divide(BigInteger.valueOf(PLACES));
    for (int i = 0; i < PLACES; i++) {
      Point point = space.point(step.multiply(BigInteger.valueOf(i))).orElseThrow();
      text.append(point).append(point.encoding()).append('\n');
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SAMPLES; i++) {
      Point point = space.sample(random);
      text.append(point).append(space.rank(point)).append('\n');
      if (i < NETWORKS) {
        text.append(CanonicalGraph.of(model.graph(point)).hash()).append('\n');
      }
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, 16);
  }
}
