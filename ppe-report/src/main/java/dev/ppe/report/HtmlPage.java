package dev.ppe.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One file of HTML with everything in it: style sheets, scripts, and data as JSON. It asks no
 * network for anything, and its Content-Security-Policy forbids it to: scripts run that were in the
 * page when it was written, by their digests, and no others.
 *
 * <p>Data is never markup: it stands in elements of type {@code application/json}, escaped, and
 * scripts put it into text nodes. The same page is the same bytes.
 *
 * @param title of the window; any text
 * @param live whether its scripts may ask the server that it came from
 * @param styles in order
 * @param scripts in order
 * @param data by the id of its element
 */
public record HtmlPage(
    String title,
    boolean live,
    List<PageResource> styles,
    List<PageResource> scripts,
    List<Data> data) {
  /** JSON under an element's id. */
  record Data(String id, JsonBody body) {}

  public HtmlPage {
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
    data = List.copyOf(data);
  }

  /**
   * A page with what all pages have: the style sheet, the charting library, {@code ppe} with its
   * elements ({@code ui.js} and its parts), and {@code ppe.model} ({@code model.js} and its parts).
   */
  public static HtmlPage titled(String title) {
    HtmlPage page = new HtmlPage(title, false, List.of(), List.of(), List.of());
    return page.style(HtmlPage.class, "page.css")
        .script(HtmlPage.class, "echarts/echarts.min.js")
        .script(HtmlPage.class, "ui.js")
        .script(HtmlPage.class, "format.js")
        .script(HtmlPage.class, "theme.js")
        .script(HtmlPage.class, "frame.js")
        .script(HtmlPage.class, "controls.js")
        .script(HtmlPage.class, "chart.js")
        .script(HtmlPage.class, "table.js")
        .script(HtmlPage.class, "graph-layout.js")
        .script(HtmlPage.class, "model-graph.js")
        .script(HtmlPage.class, "model-layers.js")
        .script(HtmlPage.class, "model-roofline.js")
        .script(HtmlPage.class, "model-course.js")
        .script(HtmlPage.class, "model-compare.js")
        .script(HtmlPage.class, "model.js");
  }

  /**
   * The page with a further style sheet.
   *
   * @throws IllegalArgumentException if there is no such resource beside {@code owner}
   */
  public HtmlPage style(Class<?> owner, String resource) {
    return new HtmlPage(title, live, with(styles, PageResource.of(owner, resource)), scripts, data);
  }

  /**
   * The page with a further script, which runs after those before it.
   *
   * @throws IllegalArgumentException if there is no such resource beside {@code owner}
   */
  public HtmlPage script(Class<?> owner, String resource) {
    return new HtmlPage(title, live, styles, with(scripts, PageResource.of(owner, resource)), data);
  }

  /**
   * The page with data, which scripts get by {@code ppe.data(id)}.
   *
   * @param id letters, digits and hyphens
   */
  public HtmlPage data(String id, JsonBody body) {
    if (!id.matches("[A-Za-z][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException(
          "id is \"%s\", must be letters, digits and hyphens".formatted(id));
    }
    return new HtmlPage(title, live, styles, scripts, with(data, new Data(id, body)));
  }

  /** The page, allowed to ask the server that it came from for news. */
  public HtmlPage following() {
    return new HtmlPage(title, true, styles, scripts, data);
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /** Writes the page, in UTF-8 as it says; data is written as it comes and never held whole. */
  public void writeTo(Writer out) throws IOException {
    out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n".formatted(policy()));
    out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.write("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.write("<title>%s</title>\n".formatted(escape(title)));
    for (PageResource style : styles) {
      out.write("<style>");
      out.write(style.text());
      out.write("</style>\n");
    }
    out.write("</head>\n<body>\n<div id=\"app\"></div>\n");
    out.write("<noscript>This page draws its figures with scripts; allow them.</noscript>\n");
    for (Data each : data) {
      out.write("<script type=\"application/json\" id=\"%s\">".formatted(each.id()));
      JsonWriter json = new JsonWriter(new ScriptSafeWriter(out));
      each.body().write(json);
      json.flush();
      out.write("</script>\n");
    }
    for (PageResource script : scripts) {
      out.write("<script>");
      out.write(script.text());
      out.write("</script>\n");
    }
    out.write("</body>\n</html>\n");
    out.flush();
  }

  /** Styles are the library's as well, which sets them as it draws. */
  private String policy() {
    return "default-src 'none'; script-src %s; style-src 'unsafe-inline'; img-src data: blob:;"
            .formatted(scripts.stream().map(PageResource::digest).collect(Collectors.joining(" ")))
        + (live ? " connect-src 'self';" : "")
        + " base-uri 'none'; form-action 'none'";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
