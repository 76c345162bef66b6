package dev.ppe.client.cli;

import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.CsvWriter;
import dev.ppe.client.report.JsonLinesWriter;
import dev.ppe.client.report.TableWriter;
import dev.ppe.client.report.compare.CompareCsv;
import dev.ppe.client.report.compare.CompareJson;
import dev.ppe.client.report.compare.CompareTable;
import dev.ppe.client.report.compare.CompareWriter;
import dev.ppe.client.report.roofline.RooflineCsv;
import dev.ppe.client.report.roofline.RooflineJson;
import dev.ppe.client.report.roofline.RooflineTable;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import java.io.PrintWriter;

/**
 * How the answers of {@code ppe estimate} are printed, and how much of them that takes.
 *
 * @param format of the text
 * @param layers how many a table shows
 * @param view what is shown of answers
 * @param out what they are printed to
 */
record AnswerForm(Format format, int layers, ViewOptions view, PrintWriter out) {
  /** What an answer has to hold. */
  Detail detail() {
    if (view.compare() || view.roofline()) {
      return Detail.DETAIL_LAYERS;
    }
    return switch (format) {
      case TABLE -> Detail.DETAIL_LAYERS; // what stands out is found in them
      case JSON -> layers == 0 ? Detail.DETAIL_SUMMARY : Detail.DETAIL_LAYERS;
      case CSV -> Detail.DETAIL_SUMMARY;
    };
  }

  /** Whether layers are printed. */
  boolean hasLayers() {
    return detail() != Detail.DETAIL_SUMMARY;
  }

  /** Whether models are described beside their answers. */
  boolean hasDescriptions() {
    return format == Format.TABLE && !view.roofline();
  }

  /** Prints one answer after the other. */
  AnswerWriter answers() {
    return switch (format) {
      case TABLE -> new TableWriter(out, TextWidth.get(), layers);
      case JSON -> new JsonLinesWriter(out);
      case CSV -> new CsvWriter(out);
    };
  }

  /** Prints layers under the roofs of an accelerator. */
  AnswerWriter roofline(Accelerator accelerator) {
    return switch (format) {
      case TABLE -> new RooflineTable(out, TextWidth.get(), layers, accelerator);
      case JSON -> new RooflineJson(out, accelerator);
      case CSV -> new RooflineCsv(out, accelerator);
    };
  }

  /** Prints two answers side by side. */
  CompareWriter comparison() {
    return switch (format) {
      case TABLE -> new CompareTable(out, TextWidth.get(), layers);
      case JSON -> new CompareJson(out);
      case CSV -> new CompareCsv(out);
    };
  }
}
