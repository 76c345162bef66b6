package dev.ppe.report.model;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.JsonBody;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Peak;
import dev.ppe.v1.Energy;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Memory;
import dev.ppe.v1.Power;
import dev.ppe.v1.TimeBreakdown;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A report as one JSON object, the data of {@code ppe.model}; docs/reports.md has its members.
 * Times are in microseconds, energies in microjoules; figures of value 0 and empty texts of layers
 * are left out.
 *
 * @param report what is written
 */
public record ModelJson(ModelReport report) implements JsonBody {
  /** What the object says it is; it changes when a reader of the one before would be misled. */
  public static final String SCHEMA = "ppe-model-report/1";

  @Override
  public void write(JsonWriter json) throws IOException {
    EstimateResponse response = report.response();
    json.beginObject();
    json.name("schema").value(SCHEMA);
    question(json, response);
    figures(json, response);
    breakdowns(json, response);
    memory(json, response.getMemory());
    texts(json, "warnings", report.warnings());
    if (report.advice().isPresent()) {
      json.name("advice").value(report.advice().get());
    }
    json.name("graphKnown").value(report.graph().known());
    json.name("layers");
    new LayersJson(report).write(json);
    edges(json);
    blocks(json);
    new RooflineData(report).write(json);
    if (report.course().isPresent()) {
      json.name("course");
      new CourseJson(report.course().get()).write(json);
    }
    json.endObject();
  }

  private void question(JsonWriter json, EstimateResponse response) throws IOException {
    json.name("model").value(response.getModelName());
    json.name("accelerator").value(response.getAccelerator());
    json.name("fidelity").value(word(response.getFidelity().name(), "FIDELITY_"));
    json.name("precision").value(word(response.getPrecision().name(), "PRECISION_"));
    json.name("graphHash").value(response.getGraphHash());
    json.name("simulatorVersion").value(response.getSimulatorVersion());
    json.name("energyTable").value(response.getEnergyTable());
    json.name("energyTableVersion").value(response.getEnergyTableVersion());
    texts(json, "inputs", report.inputs());
  }

  private void figures(JsonWriter json, EstimateResponse response) throws IOException {
    Power power = response.getPower();
    json.name("figures").beginObject();
    number(json, "latencyUs", response.getLatencyUs());
    number(json, "firstLatencyUs", response.getFirstLatencyUs());
    json.name("cycles").value(response.getCycles());
    number(json, "energyUj", response.getEnergyUj());
    number(json, "otherEnergyUj", response.getOtherEnergyUj());
    number(json, "averagePowerMw", response.getAveragePowerMw());
    number(json, "peakPowerMw", power.getPeakPowerMw());
    number(json, "idlePowerMw", power.getIdlePowerMw());
    number(json, "topsPerWatt", power.getTopsPerWatt());
    number(json, "activeEnergyUj", power.getActiveEnergyUj());
    number(json, "sustainedRate", power.getSustainedRate());
    number(json, "rateAveragePowerMw", power.getRateAveragePowerMw());
    json.name("macs").value(response.getMacs());
    json.name("parameters").value(response.getParameters());
    number(json, "utilization", response.getUtilization());
    json.name("operators").value(response.getOperators());
    json.name("hostOperators").value(response.getHostOperators());
    number(json, "peakMacsPerSecond", report.peak());
    json.endObject();
  }

  private static void breakdowns(JsonWriter json, EstimateResponse response) throws IOException {
    json.name("causes").beginArray();
    for (var cause : Causes.cycles(response.getTime()).keySet()) {
      json.value(Causes.name(cause));
    }
    json.endArray();
    json.name("time");
    time(json, response.getTime(), Peak.microsPerCycle(response));
    json.name("parts").beginArray();
    for (String part : EnergyParts.of(response.getEnergy()).keySet()) {
      json.value(part);
    }
    json.endArray();
    json.name("energy");
    energy(json, response.getEnergy());
  }

  /** Microseconds by cause, in the order of {@code causes}. */
  static void time(JsonWriter json, TimeBreakdown time, double microsPerCycle) throws IOException {
    numbers(json, Causes.cycles(time).values().stream().map(c -> c * microsPerCycle).toList());
  }

  /** Microjoules by part, in the order of {@code parts}. */
  static void energy(JsonWriter json, Energy energy) throws IOException {
    numbers(json, EnergyParts.of(energy).values());
  }

  private static void memory(JsonWriter json, Memory memory) throws IOException {
    json.name("memory").beginObject();
    json.name("paramsCachedBytes").value(memory.getParamsCachedBytes());
    json.name("paramsStreamedBytes").value(memory.getParamsStreamedBytes());
    json.name("peMemoryPeakBytes").value(memory.getPeMemoryPeakBytes());
    json.name("peMemoryLowerBoundBytes").value(memory.getPeMemoryLowerBoundBytes());
    json.name("peMemoryBytes").value(memory.getPeMemoryBytes());
    json.name("offChipActivationBytes").value(memory.getOffChipActivationBytes());
    json.name("instructionBytes").value(memory.getInstructionBytes());
    json.name("inputBytes").value(memory.getInputBytes());
    json.name("outputBytes").value(memory.getOutputBytes());
    json.name("parameterMemoryUsedBytes").value(memory.getParameterMemoryUsedBytes());
    json.endObject();
  }

  private void edges(JsonWriter json) throws IOException {
    json.name("edges").beginArray();
    for (LayerGraph.Edge edge : report.graph().edges()) {
      json.beginArray().value(edge.from()).value(edge.to()).endArray();
    }
    json.endArray();
  }

  private void blocks(JsonWriter json) throws IOException {
    json.name("blocks").beginArray();
    for (Block block : report.blocks()) {
      json.beginObject();
      json.name("name").value(block.name());
      json.name("kind").value(block.kind());
      if (block.residual()) {
        json.name("residual").value(true);
      }
      json.name("first").value(block.first());
      json.name("layers").value(block.layers());
      json.endObject();
    }
    json.endArray();
  }

  private static void texts(JsonWriter json, String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  static void numbers(JsonWriter json, Collection<Double> numbers) throws IOException {
    json.beginArray();
    for (double number : numbers) {
      json.value(Figures.rounded(number));
    }
    json.endArray();
  }

  static void number(JsonWriter json, String name, double number) throws IOException {
    json.name(name).value(Figures.rounded(number));
  }

  private static String word(String constant, String prefix) {
    return constant
        .substring(constant.startsWith(prefix) ? prefix.length() : 0)
        .toLowerCase(Locale.ROOT);
  }
}
