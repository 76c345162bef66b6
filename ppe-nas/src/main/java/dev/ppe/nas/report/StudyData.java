package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * A study as the page reads it. {@code docs/reports.md} lists the fields.
 *
 * @param report what there is to say
 * @param from the first trial that is written: 0, or what a page that has those before asks for
 */
record StudyData(StudyReport report, int from) {
  /** Of this form: grows with every change of it. */
  private static final int VERSION = 1;

  /** All of a study. */
  static StudyData whole(StudyReport report) {
    return new StudyData(report, 0);
  }

  /** What is new from a trial on. */
  static StudyData from(StudyReport report, int from) {
    return new StudyData(report, from);
  }

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("version").value(VERSION);
    if (from == 0) {
      new StudyFacts(report.study()).write(json.name("study"));
    }
    new StudyProgress(report).write(json.name("progress"));
    List<Judged> trials = StudyReport.judged(report.study());
    new TrialColumns(report.study(), trials.subList(from, trials.size()), from)
        .write(json.name("trials"));
    json.endObject();
  }
}
