package dev.ppe.nas.live;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.JsonBody;
import java.io.IOException;
import java.io.Writer;

/**
 * An answer to a browser.
 *
 * @param status HTTP's
 * @param type of the content
 * @param content what is written, as it comes
 */
record Reply(int status, String type, Content content) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  /** What writes to a browser. */
  interface Content {
    void write(Writer out) throws IOException;
  }

  static Reply text(int status, String line) {
    return new Reply(status, TEXT, out -> out.write(line + "\n"));
  }

  static Reply html(int status, Content page) {
    return new Reply(status, HTML, page);
  }

  static Reply json(JsonBody body) {
    return json(200, body);
  }

  /** Why there is no answer, as the page shows it. */
  static Reply problem(int status, String reason) {
    return json(
        status,
        json -> {
          json.beginObject();
          json.name("problem").value(reason);
          json.endObject();
        });
  }

  private static Reply json(int status, JsonBody body) {
    return new Reply(
        status,
        JSON,
        out -> {
          JsonWriter json = new JsonWriter(out);
          body.write(json);
          json.flush();
        });
  }
}
