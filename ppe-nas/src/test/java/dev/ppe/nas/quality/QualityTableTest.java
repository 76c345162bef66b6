package dev.ppe.nas.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.simulator.zoo.Zoo;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTableTest {
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.categorical("kind", "a", "b"))
          .add(Parameter.discrete("size", 1, 2.5).when("kind == 'b'"))
          .build();

  private static QualityTable read(String text) throws IOException {
    return QualityTable.read("q.csv", new StringReader(text), SPACE);
  }

  private static Quality of(QualityTable table, Map<String, String> point) {
    return table.of(
        new Candidate(0, SPACE.point(point), Zoo.find("nasbench201/0").orElseThrow().graph()));
  }

  @Test
  void rowsAreFoundByTheirParametersAndOtherColumnsNotRead() throws IOException {
    QualityTable table = read("note,size,kind,quality\nx,,a,0.5\ny,2.5,b, 0.75 \n");
    assertThat(of(table, Map.of("kind", "a"))).isEqualTo(new Quality.Known(0.5));
    assertThat(of(table, Map.of("kind", "b", "size", "2.5"))).isEqualTo(new Quality.Known(0.75));
    assertThat(of(table, Map.of("kind", "b", "size", "1")))
        .isEqualTo(new Quality.Unknown("q.csv has no row for 1,b"));
    assertThat(table.name()).isEqualTo("table q.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | q.csv is empty",
        "kind,size | q.csv line 1: must name a column for quality",
        "quality,other | q.csv line 1: must name a column for quality and one or more",
        "kind,quality,kind | names a column twice",
        "kind,quality;a,1;a,2 | q.csv line 3: there is a row for these values already",
        "kind,quality;a | q.csv line 2: has 1 values, must have 2",
        "kind,quality;a,good | q.csv line 2: the quality is \"good\", must be a number",
        "kind,quality;a,NaN | the quality is \"NaN\"",
        "kind,quality;\"a\",1 | has quotes"
      })
  void whatIsNoTableIsRefusedWithTheLine(String text, String message) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
