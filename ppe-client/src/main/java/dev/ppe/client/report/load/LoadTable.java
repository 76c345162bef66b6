package dev.ppe.client.report.load;

import dev.ppe.client.load.LoadResult;
import dev.ppe.client.load.LoadResult.AnswerCounts;
import dev.ppe.client.load.Percentiles;
import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** For people: what was sent, what came back and how fast, and whether it was right. */
public final class LoadTable implements LoadWriter {
  private static final int LONGEST_MESSAGE = 160;

  private static final List<Column> COLUMNS =
      List.of(
          Column.names("outcome", 18),
          Column.right("requests"),
          Column.right("share"),
          Column.right("p50"),
          Column.right("p90"),
          Column.right("p99"),
          Column.right("p99.9"),
          Column.right("max"));

  private final PrintWriter out;
  private final int width;

  /**
   * Writes to {@code out}.
   *
   * @param width characters in a line
   */
  public LoadTable(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(LoadQuestion question, LoadResult result) {
    Paragraph.pieces(
        out,
        width,
        "",
        "   ",
        List.of(
            question.target(),
            "%s a second, %s".formatted(number(question.rate()), question.arrivals()),
            question.workload()));
    Paragraph.sentence(
        out,
        width,
        " due        ",
        "%d requests in %s; %d answered, %s a second%s"
            .formatted(
                result.due(),
                Units.TIME.format(result.seconds() * 1e6),
                result.answered().count(),
                number(result.goodput()),
                result.interrupted() ? "; broken off" : ""));
    Paragraph.sentence(out, width, " answers    ", answers(result.answers()));
    Paragraph.sentence(
        out,
        width,
        " lateness   ",
        "requests were sent %s later than due at the median, %s at p99, %s at most"
            .formatted(
                Units.TIME.format(result.lateness().p50()),
                Units.TIME.format(result.lateness().p99()),
                Units.TIME.format(result.lateness().max())));
    out.println();
    table(result);
    result
        .firstMessages()
        .forEach(
            (code, message) ->
                Paragraph.sentence(out, width, " first " + code + "  ", shortened(message)));
  }

  private void table(LoadResult result) {
    TextTable table = new TextTable(width, " ", COLUMNS);
    for (Map.Entry<String, Percentiles> outcome : new TreeMap<>(result.outcomes()).entrySet()) {
      Percentiles figures = outcome.getValue();
      List<String> cells = new ArrayList<>(counted(outcome.getKey(), figures.count(), result));
      for (double time :
          new double[] {
            figures.p50(), figures.p90(), figures.p99(), figures.p999(), figures.max()
          }) {
        cells.add(Units.TIME.format(time));
      }
      table.row(cells);
    }
    row(table, "not sent", result.notSent(), result);
    row(table, "unfinished", result.unfinished(), result);
    row(table, "lost", result.answers().lost(), result);
    table.print(out);
  }

  private static void row(TextTable table, String name, long count, LoadResult result) {
    if (count > 0) {
      List<String> cells = new ArrayList<>(counted(name, count, result));
      cells.addAll(List.of("", "", "", "", ""));
      table.row(cells);
    }
  }

  private static List<String> counted(String name, long count, LoadResult result) {
    double share = result.due() == 0 ? 0 : (double) count / result.due();
    return List.of(name, Long.toString(count), Units.percent(share));
  }

  private static String answers(AnswerCounts answers) {
    StringBuilder text =
        new StringBuilder("%d lost, %d twice".formatted(answers.lost(), answers.duplicate()));
    if (answers.verified() + answers.unverified() > 0) {
      text.append(
          ", %d wrong of %d compared with this process"
              .formatted(answers.wrong(), answers.verified()));
    }
    if (answers.unverified() > 0) {
      text.append(", %d not compared".formatted(answers.unverified()));
    }
    return text.toString();
  }

  private static String shortened(String message) {
    String line = Names.printable(message);
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static String number(double value) {
    return value >= 100 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
