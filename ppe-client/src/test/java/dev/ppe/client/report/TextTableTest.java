package dev.ppe.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.report.TextTable.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static List<String> lines(int width) {
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(Column.names("layer", 10), Column.left("kind").ifRoom(), Column.right("time")));
    table.row(List.of("a-name-of-20-letters", "conv", "1.04 ms"));
    table.row(List.of("short", "softmax", "92 us"));
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      table.print(out);
    }
    return text.toString().lines().toList();
  }

  @Test
  void columnsAreAligned() {
    assertThat(lines(80))
        .containsExactly(
            " layer                 kind        time",
            " a-name-of-20-letters  conv     1.04 ms",
            " short                 softmax    92 us");
  }

  @Test
  void namesAreShortenedFirst() {
    assertThat(lines(30))
        .containsExactly(
            " layer        kind        time",
            " a-na...ters  conv     1.04 ms",
            " short        softmax    92 us");
  }

  @Test
  void thenOptionalColumnsGo() {
    assertThat(lines(25))
        .containsExactly(
            " layer               time", " a-name...etters  1.04 ms", " short              92 us");
  }
}
