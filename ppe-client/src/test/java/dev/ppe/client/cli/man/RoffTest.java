package dev.ppe.client.cli.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that is said can be taken for an order to the formatter. */
class RoffTest {
  private static Roff page() {
    return new Roff("ppe", "ppe 1.0");
  }

  private static List<String> text(String... lines) {
    return page().text(List.of(lines)).toString().lines().skip(3).toList();
  }

  @Test
  void aPageBeginsWithItsNameAndSource() {
    assertThat(new Roff("ppe-estimate", "ppe 0.1.0-SNAPSHOT").toString())
        .isEqualTo(
            """
            .TH "ppe\\-estimate" "1" "" "ppe 0.1.0\\-SNAPSHOT" ""
            .nh
            .ad l
            """);
  }

  @Test
  void hyphensStayWhatIsTyped() {
    assertThat(text("the option --dry-run")).containsExactly("the option \\-\\-dry\\-run");
  }

  @Test
  void backslashesArePrinted() {
    assertThat(text("C:\\new\\fB")).containsExactly("C:\\(rsnew\\(rsfB");
  }

  @Test
  void aDotAtTheBeginningIsNoMacro() {
    assertThat(text(".SH is said")).containsExactly("\\&.SH is said");
    assertThat(text("  .tflite")).containsExactly("\\&.tflite");
    assertThat(page().verbatim(List.of(".tflite")).toString()).contains("\n\\&.tflite\n");
    assertThat(page().entry(".a", List.of(".b")).toString()).endsWith(".TP\n\\&.a\n\\&.b\n");
  }

  @Test
  void quotesStayStraight() {
    assertThat(text("'tis \"it\" `x`")).containsExactly("\\(aqtis \\(dqit\\(dq \\(gax\\(ga");
    assertThat(page().section("A \"B\"").toString()).endsWith(".SH \"A \\(dqB\\(dq\"\n");
  }

  @Test
  void caretsAndTildesStayAscii() {
    assertThat(text("~/x^2")).containsExactly("\\(ti/x\\(ha2");
  }

  @Test
  void otherCharactersAreNamedByTheirNumber() {
    assertThat(text("10 µs 😀")).containsExactly("10 \\[u00B5]s \\[u1F600]");
  }

  @Test
  void controlCharactersAreSpaces() {
    assertThat(text("a\tb\u0007c")).containsExactly("a b c");
  }

  @Test
  void marksChooseFonts() {
    assertThat(text(Roff.BOLD + "-f" + Roff.ROMAN + "=" + Roff.ITALIC + "FILE" + Roff.ROMAN))
        .containsExactly("\\fB\\-f\\fR=\\fIFILE\\fR");
  }

  @Test
  void emptyLinesBetweenTextEndParagraphs() {
    assertThat(text("", "one", "", "", "two", "three", ""))
        .containsExactly("one", ".PP", "two", "three");
  }

  @Test
  void linesThatStayAsTheyAreKeepTheirSpaces() {
    assertThat(page().verbatim(List.of("  ppe  help", "", "end")).toString())
        .endsWith(".nf\n  ppe  help\n\nend\n.fi\n");
  }
}
