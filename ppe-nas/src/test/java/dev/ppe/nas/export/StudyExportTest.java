package dev.ppe.nas.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.cli.ExportFormat;
import dev.ppe.client.cli.GroupForm;
import dev.ppe.nas.report.StudyReport;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is whole or not there, and its manifest is enough to begin again. */
class StudyExportTest {
  @TempDir private Path folder;
  private static Study study;
  private static List<Trial> front;
  private Path target;

  @BeforeAll
  static void search(@TempDir Path place) {
    Path file = place.resolve("study.db");
    SyntheticStudy.create(
        file, Spaces.text("mobilenet-edgetpu-v2"), "quality, latency<=2ms", 40, 100, 3);
    study = StudyFile.read(file);
    front = StudyReport.of(study).front().stream().limit(2).toList();
  }

  @BeforeEach
  void chooseTarget() {
    target = folder.resolve("front");
  }

  private StudyExport export(ExportFormat... formats) {
    return new StudyExport(study, "pareto", List.of(formats), GroupForm.NATIVE, Weights.ZERO);
  }

  private JsonObject manifest() throws IOException {
    return JsonParser.parseString(Files.readString(target.resolve("manifest.json")))
        .getAsJsonObject();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyFileIsNamedWithItsDigest() throws Exception {
    List<String> names =
        export(ExportFormat.TFLITE, ExportFormat.ONNX, ExportFormat.JSON, ExportFormat.KERAS)
            .write(target, front, false);
    String first = "trial-" + front.getFirst().number();
    assertThat(names)
        .contains(
            first + ".tflite",
            first + ".onnx",
            first + ".json",
            first + ".py",
            "study.csv",
            "study.jsonl",
            "manifest.json")
        .hasSize(4 * front.size() + 3);
    int named = 0;
    for (JsonElement candidate : manifest().getAsJsonArray("candidates")) {
      for (JsonElement file : candidate.getAsJsonObject().getAsJsonArray("files")) {
        requireDigest(file.getAsJsonObject());
        named++;
      }
    }
    for (JsonElement table : manifest().getAsJsonArray("tables")) {
      requireDigest(table.getAsJsonObject());
      named++;
    }
    assertThat(named).isEqualTo(names.size() - 1);
  }

  private void requireDigest(JsonObject file) throws Exception {
    byte[] bytes = Files.readAllBytes(target.resolve(file.get("name").getAsString()));
    assertThat(file.get("bytes").getAsLong()).isEqualTo(bytes.length);
    assertThat(file.get("sha256").getAsString())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  /** The space of the manifest and a candidate's point give the network that its file holds. */
  @Test
  void theManifestAloneBuildsEveryNetworkAgain() throws Exception {
    export(ExportFormat.TFLITE).write(target, front, false);
    JsonObject manifest = manifest();
    ModelSpace space =
        SpaceReader.read(
            "manifest", manifest.getAsJsonObject("space").get("definition").getAsString());
    for (JsonElement each : manifest.getAsJsonArray("candidates")) {
      JsonObject candidate = each.getAsJsonObject();
      Map<String, String> point = new LinkedHashMap<>();
      candidate
          .getAsJsonObject("point")
          .entrySet()
          .forEach(choice -> point.put(choice.getKey(), choice.getValue().getAsString()));
      Graph built = space.graph(space.space().point(point));
      String hash = candidate.get("graph_sha256").getAsString();
      assertThat(CanonicalGraph.of(built).hash().hex()).isEqualTo(hash);
      byte[] file =
          Files.readAllBytes(
              target.resolve("trial-%d.tflite".formatted(candidate.get("trial").getAsLong())));
      Graph read = ModelReader.read("read", ByteBuffer.wrap(file), ImportOptions.DEFAULT).graph();
      assertThat(CanonicalGraph.of(read).hash().hex()).isEqualTo(hash);
    }
  }

  @Test
  void theManifestSaysWhatTheQualityIs() throws Exception {
    export(ExportFormat.JSON).write(target, front, false);
    JsonObject quality = manifest().getAsJsonObject("study").getAsJsonObject("quality");
    assertThat(quality.get("is_proxy").getAsBoolean()).isTrue();
    assertThat(quality.get("source").getAsString()).contains("not its accuracy");
    assertThat(manifest().getAsJsonObject("study").get("costs").toString())
        .isEqualTo("{\"source\":\"service\"}");
    assertThat(manifest().toString()).doesNotContain(folder.toString());
  }

  @Test
  void theSameExportGivesTheSameBytes() throws Exception {
    export(ExportFormat.TFLITE).write(target, front, false);
    Path again = folder.resolve("again");
    export(ExportFormat.TFLITE).write(again, front, false);
    assertThat(Files.readAllBytes(again.resolve("manifest.json")))
        .isEqualTo(Files.readAllBytes(target.resolve("manifest.json")));
  }

  @Test
  void theTablesHaveAllTrials() throws Exception {
    export(ExportFormat.JSON).write(target, front, false);
    assertThat(Files.readAllLines(target.resolve("study.csv"))).hasSize(41);
    assertThat(Files.readAllLines(target.resolve("study.jsonl"))).hasSize(40);
  }

  @Test
  void noTrialIsAnExportOfTheStudyAlone() throws Exception {
    assertThat(export(ExportFormat.TFLITE).write(target, List.of(), false))
        .containsExactly("study.csv", "study.jsonl", "manifest.json");
  }

  @Test
  void aFolderWithFilesStaysAsItIsUnlessForced() throws Exception {
    Files.createDirectory(target);
    Files.writeString(target.resolve("mine.txt"), "mine");
    Files.writeString(target.resolve("study.csv"), "old");
    assertThatThrownBy(() -> export(ExportFormat.JSON).write(target, front, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target.resolve("study.csv")).hasContent("old");
    export(ExportFormat.JSON).write(target, front, true);
    assertThat(target.resolve("mine.txt")).hasContent("mine");
    assertThat(Files.readAllLines(target.resolve("study.csv"))).hasSize(41);
    assertThat(left()).doesNotContain("old").noneMatch(name -> name.startsWith("."));
  }

  @Test
  void anEmptyFolderIsFilled() throws Exception {
    Files.createDirectory(target);
    folder.toFile().setWritable(false); // the parent may be another's
    try {
      export(ExportFormat.JSON).write(target, front, false);
    } finally {
      folder.toFile().setWritable(true);
    }
    assertThat(target.resolve("manifest.json")).exists();
    assertThat(target.toFile().list()).noneMatch(name -> name.startsWith("."));
    assertThat(left()).containsExactly("front");
  }

  @Test
  void whatFailsLeavesNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    List<String> before = left();
    assertThatThrownBy(
            () -> export(ExportFormat.JSON).write(folder.resolve("no/such"), front, false))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> export(ExportFormat.JSON).write(file, front, false))
        .isInstanceOf(NotDirectoryException.class);
    Files.createDirectories(target.resolve("manifest.json")); // where a file should go
    assertThatThrownBy(() -> export(ExportFormat.JSON).write(target, front, true))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target.resolve("study.csv")).doesNotExist();
    Files.delete(target.resolve("manifest.json"));
    Files.delete(target);
    assertThat(left()).isEqualTo(before);
  }
}
