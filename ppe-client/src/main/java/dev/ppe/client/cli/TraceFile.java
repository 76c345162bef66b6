package dev.ppe.client.cli;

import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.trace.TraceWriter;
import dev.ppe.v1.EstimateResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Writes the timelines to a file and the answers, without them, to another writer. */
final class TraceFile implements AnswerWriter, Closeable {
  private final String name;
  private final AnswerWriter answers;
  private final WholeFile file;
  private final TraceWriter trace;
  private final BiConsumer<String, String> notes;

  private TraceFile(
      String name,
      AnswerWriter answers,
      boolean layers,
      WholeFile file,
      BiConsumer<String, String> notes)
      throws IOException {
    this.notes = notes;
    this.name = name;
    this.answers = new WithoutTimeline(answers, layers);
    this.file = file;
    this.trace = new TraceWriter(file.stream());
  }

  /**
   * Begins a file.
   *
   * @param name where
   * @param answers prints the rest
   * @param layers whether that includes layers
   * @param notes told of models whose traces hold less than every instruction, by name
   * @throws UnreadableException if it cannot be written
   */
  static TraceFile at(
      String name, AnswerWriter answers, boolean layers, BiConsumer<String, String> notes) {
    try {
      return new TraceFile(name, answers, layers, WholeFile.at(name), notes);
    } catch (IOException e) {
      throw WholeFile.unwritable(name, e);
    }
  }

  @Override
  public void begin() {
    answers.begin();
  }

  @Override
  public void write(Answer answer) {
    EstimateResponse response = answer.response();
    try {
      trace.write(response);
    } catch (IOException e) {
      throw WholeFile.unwritable(name, e);
    }
    if (response.getTimeline().getMerged()) {
      notes.accept(
          response.getModelName(),
          "there are too many instructions for the trace: an event stands for all of a layer's with"
              + " one engine and cause, pauses included");
    }
    answers.write(answer);
  }

  @Override
  public void end() {
    answers.end();
    try {
      trace.end();
      file.commit();
    } catch (IOException e) {
      throw WholeFile.unwritable(name, e);
    }
  }

  /** Ends the file; what was not ended before is gone. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
