package dev.ppe.client.cli;

import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.report.model.ModelPage;
import dev.ppe.report.model.ModelReport;
import dev.ppe.v1.Accelerator;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of the models that were answered, written when all are, beside what another writer
 * prints of them.
 */
final class ReportFile implements Closeable {
  /** A page with more would not open in a blink. */
  static final int MOST_ANSWERS = 100;

  private final String name;
  private final AnswerWriter answers;
  private final WholeFile file;
  private final List<ModelReport> reports = new ArrayList<>();

  private ReportFile(String name, AnswerWriter answers) {
    this.name = name;
    this.answers = answers;
    this.file = WholeFile.at(name);
  }

  /**
   * Begins a file.
   *
   * @param name where
   * @param models what is read
   * @param answers prints the answers
   * @throws UsageException if it is no file's, or that of a model
   * @throws UnreadableException if it cannot be written
   */
  static ReportFile at(String name, List<String> models, AnswerWriter answers) {
    if (name.isBlank() || name.equals("-")) {
      throw new UsageException(
          "--report is \"%s\": a page goes to a file, such as report.html".formatted(name));
    }
    WholeFile.requireNoInput("--report", name, models);
    return new ReportFile(name, answers);
  }

  /** What stands before the first answer of all. */
  void begin() {
    answers.begin();
  }

  /** Takes the answers of one accelerator, a run of several. */
  AnswerWriter on(Accelerator accelerator) {
    return answer -> take(answer, accelerator);
  }

  private void take(Answer answer, Accelerator accelerator) {
    reports.add(ModelReport.of(answer.network(), answer.response(), accelerator));
    answers.write(answer);
  }

  /** After the last answer of all: the page is there, if there was an answer. */
  void end() {
    answers.end();
    if (reports.isEmpty()) {
      return;
    }
    try {
      Writer out =
          new BufferedWriter(new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8));
      new ModelPage(reports).writeTo(out);
      out.flush();
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
