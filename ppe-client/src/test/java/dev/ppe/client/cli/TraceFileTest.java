package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.report.Answer;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();

  /** The file's text. */
  private String write(boolean merged) throws IOException {
    Path file = folder.resolve("trace.json");
    EstimateResponse response =
        EstimateResponse.newBuilder()
            .setModelName("large")
            .setAccelerator("coral-usb")
            .setTimeline(Timeline.newBuilder().setMerged(merged))
            .build();
    try (TraceFile trace =
        TraceFile.at(
            file.toString(), answer -> {}, true, (model, note) -> notes.add(model + ": " + note))) {
      trace.begin();
      trace.write(new Answer(response, List.of(), Optional.empty()));
      trace.end();
    }
    return Files.readString(file);
  }

  @Test
  void aTraceWhoseInstructionsWereMergedSaysSo() throws IOException {
    assertThat(write(true)).contains("\"large on coral-usb (instructions merged)\"");
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("large: there are too many instructions for the trace");
  }

  @Test
  void aTraceOfEveryInstructionNeedsNoNote() throws IOException {
    assertThat(write(false)).contains("\"large on coral-usb\"");
    assertThat(notes).isEmpty();
  }
}
