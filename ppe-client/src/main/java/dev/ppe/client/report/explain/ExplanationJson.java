package dev.ppe.client.report.explain;

import com.google.gson.stream.JsonWriter;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.Split;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.explain.ExplainedInstructions;
import dev.ppe.simulator.compile.explain.ExplainedLayer;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Cut;
import dev.ppe.simulator.compile.explain.ExplainedMemory;
import dev.ppe.simulator.compile.explain.ExplainedOperator;
import dev.ppe.simulator.compile.explain.ExplainedParameters;
import dev.ppe.simulator.compile.explain.ExplainedTensor;
import dev.ppe.simulator.compile.explain.Explanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Compilations as JSON Lines, with everything. Counts are strings, as 64-bit integers are in the
 * answers to estimates; positions and parts are numbers; what no phase has decided is left out.
 */
public final class ExplanationJson implements ExplanationWriter {
  private final PrintWriter out;

  /** Writes to {@code out}. */
  public ExplanationJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  @SuppressWarnings("resource") // closing it would close standard output
  public void write(Explained explained) {
    try {
      JsonWriter json = new JsonWriter(out);
      write(json, explained);
      json.flush();
      out.print('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Body<T> {
    void write(JsonWriter json, T value) throws IOException;
  }

  private static <T> void objects(JsonWriter json, String name, List<T> values, Body<T> body)
      throws IOException {
    json.name(name).beginArray();
    for (T value : values) {
      json.beginObject();
      body.write(json, value);
      json.endObject();
    }
    json.endArray();
  }

  private static void count(JsonWriter json, String name, long count) throws IOException {
    json.name(name).value(Long.toString(count));
  }

  private static void index(JsonWriter json, String name, OptionalInt index) throws IOException {
    if (index.isPresent()) {
      json.name(name).value(index.getAsInt());
    }
  }

  private static void write(JsonWriter json, Explained explained) throws IOException {
    Explanation explanation = explained.explanation();
    json.beginObject();
    json.name("modelName").value(explanation.modelName());
    json.name("accelerator").value(explanation.accelerator());
    json.name("phase").value(explanation.done().toString());
    json.name("verified").value(explained.verified());
    count(json, "macs", explanation.macs());
    count(json, "parameters", explanation.parameters());
    objects(json, "operators", explanation.operators(), ExplanationJson::operator);
    objects(json, "layers", explanation.layers(), ExplanationJson::layer);
    objects(json, "tensors", explanation.tensors(), ExplanationJson::tensor);
    objects(json, "buffers", explanation.buffers(), ExplanationJson::buffer);
    objects(json, "parameterSets", explanation.parameterSets(), ExplanationJson::parameters);
    objects(json, "instructions", explanation.instructions(), ExplanationJson::instructions);
    if (explanation.memory().isPresent()) {
      json.name("memory").beginObject();
      memory(json, explanation.memory().get());
      json.endObject();
    }
    json.endObject();
  }

  private static void operator(JsonWriter json, ExplainedOperator operator) throws IOException {
    json.name("name").value(operator.name());
    json.name("kind").value(operator.kind());
    json.name("output").value(operator.output());
    count(json, "macs", operator.macs());
    if (operator.place() != ExplainedOperator.Place.OPEN) {
      json.name("placement").value(operator.place().name());
    }
    index(json, "stage", operator.stage());
    index(json, "layer", operator.layer());
    json.name("why").value(operator.why());
  }

  private static void layer(JsonWriter json, ExplainedLayer layer) throws IOException {
    json.name("name").value(layer.name());
    json.name("kind").value(layer.kind());
    json.name("placement").value(layer.onAccelerator() ? "ACCELERATOR" : "HOST");
    json.name("stage").value(layer.stage());
    count(json, "macs", layer.macs());
    if (layer.cut().isPresent()) {
      json.name("tiling").beginObject();
      cut(json, layer.cut().get());
      json.endObject();
    }
    if (layer.passes().isPresent()) {
      json.name("passes").value(layer.passes().get().count());
      json.name("passesReason").value(layer.passes().get().why());
    }
  }

  private static void cut(JsonWriter json, Cut cut) throws IOException {
    Tiling tiling = cut.tiling();
    Split split = tiling.split();
    json.name("split").beginArray();
    json.value(split.rows()).value(split.columns()).value(split.channels()).endArray();
    json.name("coreRows").value(tiling.onCores().rows());
    json.name("loopOrder").value(tiling.onCores().order().name());
    json.name("part").beginArray();
    json.value(cut.part().rows()).value(cut.part().columns()).value(cut.part().channels());
    json.endArray();
    json.name("candidates").value(cut.candidates());
    json.name("why").value(cut.why());
    json.name("boundBy").value(cut.boundBy().name());
    count(json, "cycles", tiling.totalCycles());
    count(json, "arrayCycles", tiling.arrayCycles());
    count(json, "vectorCycles", tiling.vectorCycles());
    count(json, "activationCycles", tiling.activationCycles());
    count(json, "parameterCycles", tiling.parameterCycles());
    count(json, "outputCycles", tiling.outputCycles());
    count(json, "loadingCycles", tiling.loading().cycles());
    count(json, "waitingCycles", tiling.waitingCycles());
    count(json, "addingCycles", tiling.adding().cycles());
    count(json, "networkCycles", tiling.networkCycles());
    count(json, "peMemoryReadBytes", tiling.peMemoryReadBytes());
    count(json, "peMemoryWriteBytes", tiling.peMemoryWriteBytes());
    count(json, "parameterReadBytes", tiling.parameterReadBytes());
    count(json, "networkBytes", tiling.networkBytes());
  }

  private static void tensor(JsonWriter json, ExplainedTensor tensor) throws IOException {
    json.name("name").value(tensor.name());
    json.name("shape").value(tensor.shape());
    json.name("type").value(tensor.type());
    count(json, "bytes", tensor.bytes());
    json.name("placement").value(tensor.place().name());
    count(json, "peBytes", tensor.peBytes());
    if (tensor.buffer().isPresent()) {
      count(json, "offset", tensor.buffer().get().offset());
    }
    index(json, "firstLayer", tensor.firstLayer());
    index(json, "lastLayer", tensor.lastLayer());
    json.name("fromHost").value(tensor.fromHost());
    json.name("toHost").value(tensor.toHost());
    json.name("why").value(tensor.why());
  }

  private static void buffer(JsonWriter json, Buffer buffer) throws IOException {
    json.name("what").value(buffer.what());
    count(json, "offset", buffer.offset());
    count(json, "bytes", buffer.bytes());
    json.name("firstLayer").value(buffer.firstStep());
    json.name("lastLayer").value(buffer.lastStep());
  }

  private static void parameters(JsonWriter json, ExplainedParameters set) throws IOException {
    json.name("layer").value(set.layer());
    json.name("name").value(set.name());
    json.name("tensors").value(set.tensors());
    count(json, "bytes", set.bytes());
    count(json, "storedBytes", set.storedBytes());
    json.name("placement").value(set.place().name());
    json.name("why").value(set.why());
  }

  private static void instructions(JsonWriter json, ExplainedInstructions sum) throws IOException {
    json.name("resource").value(sum.resource().name());
    json.name("cause").value(sum.cause().name());
    count(json, "count", sum.count());
    count(json, "cycles", sum.cycles());
    count(json, "bytes", sum.bytes());
  }

  private static void memory(JsonWriter json, ExplainedMemory memory) throws IOException {
    count(json, "peMemoryBytes", memory.peBytes());
    count(json, "peMemoryPeakBytes", memory.peakBytes());
    count(json, "peMemoryLowerBoundBytes", memory.lowerBoundBytes());
    index(json, "fullestLayer", memory.fullestLayer());
    count(json, "parameterMemoryBytes", memory.cacheBytes());
    count(json, "parameterMemoryTakenBytes", memory.takenBytes());
    count(json, "paramsCachedBytes", memory.cachedBytes());
    count(json, "paramsStreamedBytes", memory.streamedBytes());
    count(json, "offChipActivationBytes", memory.offChipBytes());
  }
}
