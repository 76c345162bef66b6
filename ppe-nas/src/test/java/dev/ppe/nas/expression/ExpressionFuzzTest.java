package dev.ppe.nas.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.expression.Value.Numeric;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a value, or a message. */
class ExpressionFuzzTest {
  private static final List<String> PARTS =
      List.of(
          "a",
          "b.c",
          "1",
          "0.5",
          "0",
          "'x'",
          "true",
          "+",
          "-",
          "*",
          "/",
          "%",
          "(",
          ")",
          ",",
          "?",
          ":",
          "==",
          "<",
          ">=",
          "and",
          "or",
          "not",
          "in",
          "implies",
          "min",
          "scaled",
          " ",
          ".",
          "'",
          "\u00e9",
          "999999999999999999999");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void randomTextsAreComputedOrRefused(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int computed = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(9); k >= 0; k--) {
        text.append(PARTS.get(random.nextInt(PARTS.size()))).append(' ');
      }
      try {
        Value value =
            ExpressionParser.parse(text.toString())
                .evaluate(
                    name -> name.equals("a") ? Value.Unknown.UNKNOWN : new Numeric(name.length()));
        assertThat(value.kind()).isNotBlank();
        computed++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null");
      }
    }
    assertThat(computed).isBetween(100, 19_900);
  }
}
