package dev.ppe.nas.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.expression.Value.Text;
import dev.ppe.nas.expression.Value.Unknown;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Value> NAMES =
      Map.of(
          "channels", new Numeric(48),
          "g1.b0.kind", new Text("gc"),
          "ratio", new Numeric(0.625),
          "idle", Unknown.UNKNOWN);

  private static String evaluate(String text) {
    return ExpressionParser.parse(text).evaluate(NAMES::get).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "10 - 2 - 3 | 5",
        "channels / 32 | 1.5",
        "channels % 32 | 16",
        "-channels + 50 | 2",
        "- -3 | 3",
        "16 * ratio | 10",
        "channels >= 48 and channels < 49 | true",
        "not channels == 48 | false",
        "not not channels == 48 | true",
        "g1.b0.kind == gc2 ? 1 : 2 | 2",
        "channels in (16, 48) ? 5 : 7 | 5",
        "channels == 1 ? 1 : channels == 48 ? 2 : 3 | 2",
        "nearest_multiple(18, 4) | 20",
        "nearest_multiple(1, 8) | 8",
        "scaled(32, 0.35) | 16",
        "min(3, 4) + max(3, 4) | 7"
      })
  void computesAsTheGrammarSays(String text, String value) {
    assertThat(evaluate(text.replace("gc2", "'gc2'"))).isEqualTo(value);
  }

  @Test
  void wordsAreInQuotesAndCompareForEquality() {
    assertThat(evaluate("g1.b0.kind == 'gc'")).isEqualTo("true");
    assertThat(evaluate("g1.b0.kind in ('fused', 'depthwise')")).isEqualTo("false");
    assertThatThrownBy(() -> evaluate("g1.b0.kind == 3")).hasMessageContaining("a word (gc)");
    assertThatThrownBy(() -> evaluate("g1.b0.kind < 'x'")).hasMessageContaining("computes with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "idle + 1 | unknown",
        "-idle | unknown",
        "idle == 3 | unknown",
        "not idle == 3 | unknown",
        "idle == 3 and channels == 1 | false",
        "idle == 3 and channels == 48 | unknown",
        "idle == 3 or channels == 48 | true",
        "channels == 48 or idle == 3 | true",
        "channels == 1 implies idle == 3 | true",
        "channels == 48 implies idle == 3 | unknown",
        "idle == 3 implies channels == 48 | true",
        "idle == 1 ? 1 : 2 | unknown",
        "min(idle, 3) | unknown"
      })
  void whatDependsOnAnIdleParameterIsUnknown(String text, String value) {
    assertThat(evaluate(text)).isEqualTo(value);
  }

  @Test
  void aConditionIsNoNumber() {
    assertThatThrownBy(() -> evaluate("channels and true"))
        .hasMessageContaining("takes a number (48) for a condition");
    assertThatThrownBy(() -> evaluate("(channels == 48) + 1"))
        .hasMessageContaining("computes with true or false");
    assertThatThrownBy(() -> evaluate("1 / 0")).hasMessage("divides by 0");
    assertThatThrownBy(() -> evaluate("1 % 0")).hasMessage("divides by 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 +",
        "(1",
        "1 2",
        "a b",
        "and",
        "f(1)",
        "min 3",
        "a ? 1",
        "x == == y",
        "'open",
        "a..b",
        "1 & 2",
        "a in 3",
        "a in ()",
        "min(1)",
        "nearest_multiple(1, 0)"
      })
  void whatCannotBeReadIsSaidWithThePlace(String text) {
    assertThatThrownBy(() -> ExpressionParser.parse(text).evaluate(name -> new Numeric(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void deepAndLongTextsAreRefusedBeforeAnyWork() {
    assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(500) + "1" + ")".repeat(500)))
        .hasMessageContaining("nests deeper than 60");
    assertThatThrownBy(() -> ExpressionParser.parse("-".repeat(500) + "1"))
        .hasMessageContaining("nests deeper than 60");
    assertThatThrownBy(() -> ExpressionParser.parse("1 + ".repeat(1000) + "1"))
        .hasMessageContaining("2000 or less");
  }

  @Test
  void namesAreThoseOfParametersInTheOrderOfTheText() {
    assertThat(ExpressionParser.parse("b * a.c + min(b, d) == 3 ? x : -y").names())
        .containsExactly("b", "a.c", "d", "x", "y");
  }
}
