package dev.ppe.nas.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import java.io.IOException;
import java.io.StringReader;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a table, or a message with the line. */
class QualityTableFuzzTest {
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.categorical("kind", "a", "b"))
          .add(Parameter.discrete("size", 1, 2))
          .build();
  private static final String TABLE = "kind,size,quality\na,1,0.5\na,2,0.75\nb,1,1e3\n";
  private static final String ALPHABET = "ab12,.\n\r\"eN- ;\u00e9";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void mutatedTablesAreReadOrRefused(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder(TABLE);
      for (int m = random.nextInt(4); m >= 0; m--) {
        int at = random.nextInt(text.length());
        char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.setLength(at + 1);
        }
      }
      try {
        assertThat(QualityTable.read("q.csv", new StringReader(text.toString()), SPACE).name())
            .isEqualTo("table q.csv");
        read++;
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching("(?s)q\\.csv( line [0-9]+: | is empty).*");
      }
    }
    assertThat(read).isBetween(100, 9_900);
  }
}
