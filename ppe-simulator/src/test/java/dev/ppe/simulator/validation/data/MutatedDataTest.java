package dev.ppe.simulator.validation.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to a file, it is read or refused with its name. */
class MutatedDataTest {
  private static final int MUTANTS = 2_000;
  private static final String LETTERS = ",\"\n\r 09-.eE\0x\uFEFF\u20ac";

  @ParameterizedTest
  @EnumSource
  void mutantsAreReadOrRefused(Dataset dataset) {
    List<Row> rows = Datasets.builtIn().of(dataset).subList(0, 5);
    String text = text(dataset, rows);
    assertThat(DatasetReader.read(dataset, "good", text)).hasSize(5);
    Random random = new Random(dataset.file().hashCode());
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      try {
        DatasetReader.read(dataset, "mutant", mutant(text, random)).forEach(this::use);
      } catch (DatasetException e) {
        assertThat(e).hasMessageStartingWith("mutant: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(MUTANTS / 10, MUTANTS - 1);
  }

  private void use(Row row) {
    for (Column column : Column.of(Dataset.CORAL_CONVOLUTIONS)) {
      if (row.fields().containsKey(column.name())) {
        assertThat(row.number(column.name())).isNotNegative();
      }
    }
  }

  private static String text(Dataset dataset, List<Row> rows) {
    List<String> names = Column.of(dataset).stream().map(Column::name).toList();
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (Row row : rows) {
      text.append(String.join(",", names.stream().map(name -> '"' + row.text(name) + '"').toList()))
          .append('\n');
    }
    return text.toString();
  }

  private static String mutant(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutant.length());
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutant.setCharAt(at, letter);
        case 1 -> mutant.insert(at, letter);
        case 2 -> mutant.delete(at, Math.min(mutant.length(), at + 1 + random.nextInt(8)));
        default -> mutant.append(mutant.substring(at));
      }
      if (mutant.isEmpty()) {
        break;
      }
    }
    return mutant.toString();
  }
}
