package dev.ppe.client.report.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Exhibit;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.claim.Measure;
import dev.ppe.simulator.validation.claim.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClaimsFormsTest {
  private static final Finding FINDING =
      new Finding(
          "F10-1",
          "More for less.",
          "tensor-g1",
          Verdict.PARTLY,
          "Because of that.",
          List.of(
              new Exhibit(
                  "56x56x16 gc | dw",
                  List.of(
                      new Measure("parameters", Measure.Unit.TIMES, 4.118),
                      new Measure("latency", Measure.Unit.MICROSECONDS, 1234.56),
                      new Measure("use", Measure.Unit.SHARE, 0.5),
                      new Measure("bytes", Measure.Unit.BYTES, 0.0625),
                      new Measure("MACs", Measure.Unit.COUNT, 3136)))));

  private static String written(Function<PrintWriter, ValidationWriter> form) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    form.apply(out)
        .write(
            new ValidationReport(
                List.of(new Section.Claimed(List.of(FINDING))), Map.of(), List.of()));
    out.flush();
    return text.toString();
  }

  @Test
  void textHasTheVerdictTheReasonAndTheFigures() {
    assertThat(written(out -> new ValidationText(out, 100)))
        .isEqualTo(
            """
            claims   The paper's claims

             F10-1, tensor-g1: partly reproduced   More for less.
               Because of that.
               shapes            parameters     latency     use  bytes   MACs
               56x56x16 gc | dw      4.12 x  1,234.6 us  50.0 %  0.063  3,136

            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void markdownHasAListOfVerdictsAndATableForEach() {
    assertThat(written(ValidationMarkdown::new).lines())
        .contains(
            "| F10-1 | More for less. | partly reproduced |",
            "### F10-1, tensor-g1: partly reproduced",
            "More for less. Because of that.",
            "| shapes | parameters | latency | use | bytes | MACs |",
            "| 56x56x16 gc \\| dw | 4.12 x | 1,234.6 us | 50.0 % | 0.063 | 3,136 |");
  }

  @Test
  void jsonHasFiguresAsNumbersWithTheirUnits() {
    JsonObject claim = JsonParser.parseString(written(ValidationJson::new)).getAsJsonObject();

    assertThat(claim.get("claim").getAsString()).isEqualTo("F10-1");
    assertThat(claim.get("verdict").getAsString()).isEqualTo("PARTLY");
    JsonObject exhibit = claim.getAsJsonArray("exhibits").get(0).getAsJsonObject();
    assertThat(exhibit.getAsJsonArray("measures").get(0))
        .isEqualTo(
            JsonParser.parseString("{\"name\":\"parameters\",\"unit\":\"TIMES\",\"value\":4.118}"));
  }

  @Test
  void csvHasARecordForEachFigureAndNothingMeasured() {
    assertThat(written(ValidationCsv::new).lines().skip(1))
        .hasSize(5)
        .first()
        .isEqualTo("claims,parameters,F10-1,56x56x16 gc | dw,,,tensor-g1,,,4.118,,");
  }
}
