package dev.ppe.nas.export;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.nas.cost.CostFileReader;
import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.report.PublicNames;
import dev.ppe.nas.report.TrialJson;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.CanonicalGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What an export is and how it came about: enough to build every network again and to search again.
 * {@code docs/reports.md} lists the fields. The same study and options give the same bytes.
 */
record TrainingManifest(StudyExport export, List<Chosen> chosen, List<ExportedFile> tables) {
  /** Grows with every change of the fields. */
  private static final int VERSION = 1;

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  void write(OutputStream out) throws IOException {
    OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    JsonWriter json = new JsonWriter(text);
    json.setIndent("  ");
    json.beginObject();
    json.name("manifest_version").value(VERSION);
    json.name("written_by_simulator").value(SimulatorVersion.CURRENT);
    study(json.name("study"));
    space(json.name("space"));
    objective(json.name("objective"));
    json.name("selection").value(export.selection());
    json.name("group_convolutions").value(export.groups().toString());
    weights(json.name("weights"));
    json.name("candidates").beginArray();
    for (Chosen each : chosen) {
      candidate(json, each);
    }
    json.endArray();
    json.name("tables");
    files(json, tables);
    json.endObject();
    json.flush();
    text.write('\n');
    text.flush();
  }

  private void study(JsonWriter json) throws IOException {
    Study study = export.study();
    StudyDefinition definition = study.definition();
    json.beginObject();
    json.name("file").value(PublicNames.of(study));
    json.name("backend").value(definition.backend().word());
    json.name("settings").beginObject();
    for (Map.Entry<String, String> setting : definition.settings().entrySet()) {
      json.name(setting.getKey()).value(setting.getValue());
    }
    json.endObject();
    json.name("batch").value(definition.batch());
    json.name("seed").value(definition.seed());
    json.name("trials_wanted").value(study.limit());
    json.name("trials_done").value(study.done().size());
    json.name("fidelity").value(definition.fidelityWord());
    json.name("simulators").beginArray();
    for (Map.Entry<Long, String> simulator : study.simulators().entrySet()) {
      json.beginObject();
      json.name("from_trial").value(simulator.getKey());
      json.name("version").value(simulator.getValue());
      json.endObject();
    }
    json.endArray();
    json.name("quality").beginObject();
    json.name("source").value(PublicNames.of(definition.quality()));
    json.name("is_proxy").value(definition.quality() instanceof QualityDefinition.Proxy);
    json.endObject();
    costs(json.name("costs"), definition.costs());
    json.name("accelerator");
    GSON.toJson(accelerator(definition), json);
    json.endObject();
  }

  /** Predictions look like answers: only this tells them apart. */
  private static void costs(JsonWriter json, CostDefinition costs) throws IOException {
    json.beginObject();
    switch (costs) {
      case CostDefinition.Service service -> json.name("source").value("service");
      case CostDefinition.Learned learned -> {
        json.name("source").value("model");
        json.name("model").value(PublicNames.last(learned.name()));
        json.name("sha256").value(learned.sha256());
        json.name("kinds").beginObject();
        for (Learned each : CostFileReader.read(learned.name(), learned.text()).models()) {
          json.name(each.metric().word()).value(each.kind().word());
        }
        json.endObject();
      }
    }
    json.endObject();
  }

  private static JsonElement accelerator(StudyDefinition definition) {
    try {
      return JsonParser.parseString(JsonFormat.printer().print(definition.accelerator()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message here holds an Any", e);
    }
  }

  private void space(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("name").value(export.study().space().name());
    json.name("sha256").value(export.study().definition().spaceHash());
    json.name("definition").value(export.study().definition().space());
    json.endObject();
  }

  private void objective(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("text").value(export.study().definition().objective());
    json.name("metrics").beginArray();
    for (var metric : export.study().objective().needs()) {
      json.value(metric.word());
    }
    json.endArray();
    json.endObject();
  }

  private void weights(JsonWriter json) throws IOException {
    switch (export.weights()) {
      case Weights.Zero zero -> json.value("zero");
      case Weights.Random(long seed) -> json.value("random, seed " + seed);
    }
  }

  private void candidate(JsonWriter json, Chosen each) throws IOException {
    json.beginObject();
    json.name("graph_sha256").value(CanonicalGraph.of(each.graph()).hash().hex());
    for (Map.Entry<String, JsonElement> field :
        TrialJson.json(export.study(), each.trial()).entrySet()) {
      json.name(field.getKey());
      GSON.toJson(field.getValue(), json);
    }
    json.name("files");
    files(json, each.files());
    json.endObject();
  }

  private static void files(JsonWriter json, List<ExportedFile> files) throws IOException {
    json.beginArray();
    for (ExportedFile file : files) {
      json.beginObject();
      json.name("name").value(file.name());
      json.name("format").value(file.format());
      json.name("bytes").value(file.bytes());
      json.name("sha256").value(file.sha256());
      json.endObject();
    }
    json.endArray();
  }
}
