package dev.ppe.nas.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.spaces.Spaces;
import dev.ppe.simulator.graph.GraphException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a space that makes networks, or a message with its place. */
class SpaceReaderFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          SpaceReaderTest.TINY,
          SpaceReaderTest.DEFINED,
          Spaces.text("nasbench201"),
          Spaces.text("mobilebert-edgetpu"));
  private static final String ALPHABET = "abg0123456789.:{}[],'\"*&!-+%/ \n\t?|>#\u00e9\u0000";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void mutatedTextsAreReadOrRefused(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int read = 0;
    for (int i = 0; i < 250; i++) {
      String text = SEEDS.get(random.nextInt(SEEDS.size()));
      for (int m = random.nextInt(6); m >= 0; m--) {
        text = mutate(text, random);
      }
      try {
        var space = SpaceReader.read("fuzz.yaml", text);
        read++;
        try {
          assertThat(space.graph(space.space().sample(random)).nodes()).isNotEmpty();
        } catch (GraphException e) {
          assertThat(e).hasMessageContaining("\"");
        }
      } catch (SpaceFormatException e) {
        assertThat(e).hasMessageMatching("(?s)fuzz\\.yaml( line [0-9]+)?:? .*");
        assertThat(e.getMessage()).doesNotContain("null", "Exception");
      } catch (IllegalArgumentException e) {
        // A figure that is wrong at some points only: said with its layer or parameter.
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null");
      }
    }
    assertThat(read).isBetween(1, 249);
  }

  private static String mutate(String text, SplittableRandom random) {
    int at = random.nextInt(text.length());
    int other = random.nextInt(text.length());
    int from = Math.min(at, other);
    int to = Math.min(Math.max(at, other), from + 40);
    char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + letter + text.substring(at + 1);
      case 1 -> text.substring(0, at) + letter + text.substring(at);
      case 2 -> text.substring(0, from) + text.substring(to);
      case 3 -> text.substring(0, to) + text.substring(from);
      default -> text.substring(0, Math.max(1, at));
    };
  }
}
