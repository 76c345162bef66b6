package dev.ppe.server.admin;

import java.util.List;

/** Tables as HTML. All text is escaped: names in it may come from clients. */
final class HtmlPage {
  private static final String STYLE =
      "body{font:14px/1.4 sans-serif;margin:2em;color-scheme:light dark}"
          + "table{border-collapse:collapse}"
          + "td,th{padding:2px 12px 2px 0;text-align:left;vertical-align:top}"
          + "th{border-bottom:1px solid}";

  private HtmlPage() {}

  static String of(String title, List<Section> sections) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>")
        .append(escaped(title))
        .append("</h1>\n");
    for (Section section : sections) {
      html.append("<h2>").append(escaped(section.title())).append("</h2>\n<table>");
      if (!section.columns().isEmpty()) {
        row(html, "th", section.columns());
      }
      section.rows().forEach(row -> row(html, "td", row));
      html.append("</table>\n");
    }
    return html.append("</html>\n").toString();
  }

  private static void row(StringBuilder html, String cell, List<String> texts) {
    html.append("<tr>");
    for (String text : texts) {
      html.append('<').append(cell).append('>');
      html.append(escaped(text)).append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }

  private static String escaped(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&#39;");
                default -> result.appendCodePoint(Character.isISOControl(point) ? '?' : point);
              }
            });
    return result.toString();
  }
}
