package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.HtmlPage;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * A study as one file of HTML: its front, parameters, convergence and trials, and the pages of some
 * of them.
 */
public final class StudyPage {
  private static final List<String> SCRIPTS =
      List.of(
          "study-data.js",
          "study-selection.js",
          "study-front.js",
          "study-parallel.js",
          "study-curves.js",
          "study-table.js",
          "study-candidate.js",
          "study.js");

  private StudyPage() {}

  /**
   * Writes the page of a study as it is now.
   *
   * @param details of the trials that are worth opening, and of models to compare them with
   */
  public static void write(StudyReport report, List<Detail> details, Writer out)
      throws IOException {
    page(report, details, Optional.empty()).writeTo(out);
  }

  /**
   * Writes a page that asks its server for news, and for whatever it has no details of.
   *
   * @param id what tells this study from others that the server may show
   */
  public static void writeLive(StudyReport report, List<Detail> details, String id, Writer out)
      throws IOException {
    page(report, details, Optional.of(id)).writeTo(out);
  }

  /**
   * Writes what is new to such a page.
   *
   * @param from the first trial that it does not have, or has without an outcome
   * @param id as it was when the page was written, if it is the same study
   */
  public static void writeNews(StudyReport report, int from, String id, JsonWriter json)
      throws IOException {
    json.beginObject();
    json.name("id").value(id);
    json.name("news");
    StudyData.from(report, from).write(json);
    json.endObject();
  }

  private static HtmlPage page(StudyReport report, List<Detail> details, Optional<String> live) {
    HtmlPage page = HtmlPage.titled(PublicNames.of(report.study()) + " - study");
    page = page.style(StudyPage.class, "study.css");
    for (String script : SCRIPTS) {
      page = page.script(StudyPage.class, script);
    }
    page = page.data("study", StudyData.whole(report)::write);
    page =
        page.data(
            "details",
            json -> {
              json.beginArray();
              for (Detail detail : details) {
                json.beginObject();
                json.name("id").value(detail.id());
                json.name("title").value(detail.title());
                json.endObject();
              }
              json.endArray();
            });
    for (Detail detail : details) {
      page = page.data(detail.id(), detail.body());
    }
    if (live.isPresent()) {
      page = page.following().data("live", json -> json.value(live.get()));
    }
    return page;
  }
}
