package dev.ppe.nas.cli;

import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.TextWidth;
import dev.ppe.nas.report.TrialCsv;
import dev.ppe.nas.report.TrialJson;
import dev.ppe.nas.study.Study;
import java.io.PrintWriter;

/** Prints a study and some of its trials. */
interface StudyWriter {
  void write(Study study, Selection selection);

  static StudyWriter of(Format format, PrintWriter out) {
    return switch (format) {
      case TABLE -> new StudyTable(out, TextWidth.get());
      case CSV -> (study, selection) -> new TrialCsv(out).write(study, selection.trials());
      case JSON -> (study, selection) -> new TrialJson(out).write(study, selection.trials());
    };
  }
}
