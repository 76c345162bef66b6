package dev.ppe.nas.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ppe.nas.study.QualityDefinition.Command;
import dev.ppe.nas.study.QualityDefinition.None;
import dev.ppe.nas.study.QualityDefinition.Proxy;
import dev.ppe.nas.study.QualityDefinition.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sources of quality as JSON. */
final class QualityJson {
  private static final String KIND = "kind";

  private QualityJson() {}

  static String write(QualityDefinition quality) {
    JsonObject json = new JsonObject();
    switch (quality) {
      case None none -> json.addProperty(KIND, "none");
      case Proxy proxy -> json.addProperty(KIND, "proxy");
      case Table(String name, String text) -> {
        json.addProperty(KIND, "table");
        json.addProperty("name", name);
        json.addProperty("text", text);
      }
      case Command(List<String> words, Duration timeout, int retries, int parallelism) -> {
        json.addProperty(KIND, "command");
        JsonArray array = new JsonArray();
        words.forEach(array::add);
        json.add("words", array);
        json.addProperty("timeout_ms", timeout.toMillis());
        json.addProperty("retries", retries);
        json.addProperty("parallelism", parallelism);
      }
    }
    return json.toString();
  }

  /**
   * The source that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  static QualityDefinition read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      String kind = json.get(KIND).getAsString();
      return switch (kind) {
        case "none" -> new None();
        case "proxy" -> new Proxy();
        case "table" -> new Table(json.get("name").getAsString(), json.get("text").getAsString());
        case "command" -> {
          List<String> words = new ArrayList<>();
          json.getAsJsonArray("words").forEach(word -> words.add(word.getAsString()));
          yield new Command(
              words,
              Duration.ofMillis(json.get("timeout_ms").getAsLong()),
              json.get("retries").getAsInt(),
              json.get("parallelism").getAsInt());
        }
        default -> throw new IllegalArgumentException("has a quality of kind " + kind);
      };
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new IllegalArgumentException("its source of quality cannot be read", e);
    }
  }
}
