package dev.ppe.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("random", "grid", "evolution", "nsga2");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evolutoin|did you mean evolution?",
        "NSGA-2|did you mean nsga2?",
        "evo|did you mean evolution?",
        "annealing|there are random, grid, evolution, nsga2"
      })
  void namesThatSomebodyMayHaveMeantComeFirst(String written, String hint) {
    assertThat(Nearest.hint(written, NAMES)).isEqualTo(hint);
  }
}
