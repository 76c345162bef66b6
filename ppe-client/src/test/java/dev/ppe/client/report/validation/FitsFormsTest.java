package dev.ppe.client.report.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.FitOutcome.Constant;
import dev.ppe.simulator.validation.fit.FitOutcome.Part;
import dev.ppe.simulator.validation.fit.FittedConstant;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FitsFormsTest {
  private static final FitOutcome OUTCOME =
      new FitOutcome(
          "board",
          7,
          List.of(
              new Constant(
                  new FittedConstant("invocation.overhead_ns", List.of("one", "two")),
                  2000,
                  1000,
                  300)),
          List.of(new Part("table: ms", 0.031, agreement(1.1), agreement(1.05), agreement(0.9))));

  private static Agreement agreement(double predicted) {
    return new Agreement(List.of(new Pair(1, predicted)));
  }

  private static String written(Function<PrintWriter, ValidationWriter> form) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    form.apply(out)
        .write(
            new ValidationReport(
                List.of(new Section.Fitted(List.of(OUTCOME))), Map.of(), List.of()));
    out.flush();
    return text.toString();
  }

  @Test
  void textHasConstantsAndErrors() {
    assertThat(written(out -> new ValidationText(out, 120)))
        .startsWith("fits   Fitted constants")
        .contains(" board, 7 networks")
        .containsPattern("invocation\\.overhead_ns +one, two +2,000 +1,000 +300 +differs")
        .containsPattern("table: ms +1 +3\\.1 % +10\\.0 % +\\+10 % +5\\.0 % +\\+5\\.0 % +10\\.0 %");
  }

  @Test
  void markdownHasTheSameAsTables() {
    assertThat(written(ValidationMarkdown::new).lines())
        .contains(
            "## Fitted constants",
            "### board, 7 networks",
            "| `invocation.overhead_ns` | one, two | 2,000 | 1,000 | 300 | differs |",
            "| table: ms | 1 | 3.1 % | 10.0 % | +10 % | 5.0 % | +5.0 % | 10.0 % | -10 % |");
  }

  @Test
  void programsGetNumbers() {
    JsonObject fit = JsonParser.parseString(written(ValidationJson::new)).getAsJsonObject();

    assertThat(fit.get("met").getAsBoolean()).isFalse();
    JsonObject constant = fit.getAsJsonArray("constants").get(0).getAsJsonObject();
    assertThat(constant.get("inUse").getAsLong()).isEqualTo(2000);
    assertThat(constant.get("standardError").getAsDouble()).isEqualTo(300);
    assertThat(fit.getAsJsonArray("parts")).hasSize(1);
    assertThat(written(ValidationCsv::new).lines().skip(1))
        .containsExactly("fits,invocation.overhead_ns,board,,,,one two,,1000.0,2000,1.0,");
  }
}
