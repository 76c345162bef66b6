package dev.ppe.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.AcceleratorCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelJsonTest {
  private static final double SIX_DIGITS = 1e-5;

  private static JsonObject write(ModelReport report) throws IOException {
    StringWriter out = new StringWriter();
    new ModelJson(report).write(new JsonWriter(out));
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  private static double sum(JsonArray numbers) {
    return numbers.asList().stream().mapToDouble(JsonElement::getAsDouble).sum();
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-9 + Math.abs(expected) * SIX_DIGITS * 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1", "systolic-32x32-os", "mobile-cpu"})
  void causesAndPartsAddUpToTheWhole(String accelerator) throws IOException {
    JsonObject json = write(Answers.report("mobilenet_v2", accelerator));
    JsonObject figures = json.getAsJsonObject("figures");

    assertClose(sum(json.getAsJsonArray("time")), figures.get("latencyUs").getAsDouble());
    assertClose(sum(json.getAsJsonArray("energy")), figures.get("energyUj").getAsDouble());
    for (JsonElement element : json.getAsJsonArray("layers")) {
      JsonObject layer = element.getAsJsonObject();
      assertClose(sum(layer.getAsJsonArray("time")), layer.get("us").getAsDouble());
    }
    assertThat(json.getAsJsonArray("causes")).hasSameSizeAs(json.getAsJsonArray("time"));
    assertThat(json.getAsJsonArray("parts")).hasSameSizeAs(json.getAsJsonArray("energy"));
  }

  @Test
  void theCourseStaysInsideOfTheInferenceAndTheMemory() throws IOException {
    JsonObject json = write(Answers.report("mobilenet_edgetpu_v2_s", "tensor-g1"));
    JsonObject course = json.getAsJsonObject("course");
    double end = course.get("endUs").getAsDouble();

    assertClose(end, json.getAsJsonObject("figures").get("latencyUs").getAsDouble());
    double peak = 0;
    double before = -1;
    for (JsonElement element : course.getAsJsonArray("peMemory")) {
      double from = element.getAsJsonArray().get(0).getAsDouble();
      assertThat(from).isGreaterThan(before).isLessThanOrEqualTo(end);
      before = from;
      peak = Math.max(peak, element.getAsJsonArray().get(1).getAsDouble());
    }
    assertThat(peak)
        .isEqualTo(json.getAsJsonObject("memory").get("peMemoryPeakBytes").getAsDouble());
    for (JsonElement engine : course.getAsJsonArray("engines")) {
      JsonArray busy = engine.getAsJsonObject().getAsJsonArray("busyPercent");
      assertThat(busy).hasSize(course.get("slices").getAsInt());
      assertThat(busy.asList()).allMatch(b -> b.getAsInt() >= 0 && b.getAsInt() <= 100);
    }
  }

  @Test
  void powerOverTheSlicesIsTheEnergy() throws IOException {
    ModelReport report = Answers.report("mobilenet_v2", "tensor-g1");
    Course course = report.course().orElseThrow();

    double energyUj =
        course.powerMw().stream().mapToDouble(Double::doubleValue).sum()
            * (course.endUs() / Course.SLICES)
            / 1000;

    assertThat(energyUj)
        .isCloseTo(
            report.response().getEnergyUj(), within(report.response().getEnergyUj() * 0.001));
  }

  @Test
  void closedFormulasHaveNoCourse() throws IOException {
    JsonObject json =
        write(
            Answers.report(
                Answers.network("mobilenet_v2"), "coral-usb", Fidelity.FIDELITY_ANALYTICAL));

    assertThat(json.has("course")).isFalse();
    assertThat(json.get("fidelity").getAsString()).isEqualTo("analytical");
  }

  @Test
  void anAnswerWithoutLayersIsStillAReport() throws IOException {
    EstimateResponse whole =
        Answers.answer(Answers.network("mobilenet_v2"), "coral-usb", Fidelity.FIDELITY_CYCLE);

    JsonObject json =
        write(
            ModelReport.of(
                Optional.empty(),
                whole.toBuilder().clearLayers().clearTimeline().build(),
                AcceleratorCatalog.getAccelerator("coral-usb")));

    assertThat(json.getAsJsonArray("layers")).isEmpty();
    assertThat(json.getAsJsonArray("blocks")).isEmpty();
    assertThat(json.get("graphKnown").getAsBoolean()).isFalse();
  }

  @Test
  void whatWasNotValidatedAndWhatTheHostRunsAreWarnings() throws IOException {
    List<String> warnings =
        write(Answers.report("mobilenet_v2", "edgetpu-v3"))
            .getAsJsonArray("warnings")
            .asList()
            .stream()
            .map(JsonElement::getAsString)
            .toList();

    assertThat(warnings).contains("no measured time has been compared with edgetpu-v3");
  }

  @Test
  void theSameReportIsTheSameBytes() throws IOException {
    assertThat(write(Answers.report("mobilenet_v2", "coral-usb")).toString())
        .isEqualTo(write(Answers.report("mobilenet_v2", "coral-usb")).toString());
  }
}
