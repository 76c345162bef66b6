package dev.ppe.nas.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: an objective, or a message. */
class ObjectiveFuzzTest {
  private static final List<String> TEXTS =
      List.of(
          "quality, latency<=0.9ms, model-size <= 6MiB",
          "mnas-hard(latency=1200; energy=2mJ; exponent=-0.5)",
          "tunas(macs=1.2G; weight=-0.07), quality>=0.7");
  private static final String ALPHABET = "qualityms(),;=<>0123456789.-+eE %\u00e9";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void mutatedTextsAreReadOrRefused(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
      for (int m = random.nextInt(4); m >= 0; m--) {
        int at = random.nextInt(text.length());
        char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        assertThat(ObjectiveParser.parse(text.toString()).goals()).isNotEmpty();
        read++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null");
      }
    }
    assertThat(read).isBetween(100, 9_900);
  }
}
