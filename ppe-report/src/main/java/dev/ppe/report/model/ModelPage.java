package dev.ppe.report.model;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.HtmlPage;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The page of one model, or of several with a choice of them and a comparison.
 *
 * @param reports one at least
 */
public record ModelPage(List<ModelReport> reports) {
  public ModelPage {
    reports = List.copyOf(reports);
    if (reports.isEmpty()) {
      throw new IllegalArgumentException("no models: a page shows one at least");
    }
  }

  /** Writes the page. */
  public void writeTo(Writer out) throws IOException {
    HtmlPage.titled(title())
        .script(HtmlPage.class, "model-page.js")
        .data("models", this::models)
        .writeTo(out);
  }

  private String title() {
    String first = reports.getFirst().response().getModelName();
    return reports.size() == 1
        ? "%s on %s".formatted(first, reports.getFirst().response().getAccelerator())
        : "%s and %d more".formatted(first, reports.size() - 1);
  }

  private void models(JsonWriter json) throws IOException {
    json.beginArray();
    for (ModelReport report : reports) {
      new ModelJson(report).write(json);
    }
    json.endArray();
  }
}
