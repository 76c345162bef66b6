package dev.ppe.report.model;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.JsonBody;
import dev.ppe.report.answer.Engines;
import dev.ppe.v1.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What varied over an inference, as an object.
 *
 * @param course what is written
 */
record CourseJson(Course course) implements JsonBody {
  private static final double PERCENT = 100;

  @Override
  public void write(JsonWriter json) throws IOException {
    json.beginObject();
    ModelJson.number(json, "endUs", course.endUs());
    json.name("slices").value(Course.SLICES);
    levels(json, "peMemory", course.peMemory());
    levels(json, "parameterMemory", course.parameterMemory());
    json.name("engines").beginArray();
    for (Map.Entry<Engine, List<Double>> engine : course.busy().entrySet()) {
      json.beginObject();
      json.name("name").value(Engines.name(engine.getKey()));
      json.name("busyPercent").beginArray();
      for (double share : engine.getValue()) {
        json.value(Math.round(Math.min(1, share) * PERCENT));
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
    json.name("powerMw").beginArray();
    for (double power : course.powerMw()) {
      json.value(Math.round(power));
    }
    json.endArray();
    json.endObject();
  }

  /** Pairs of a time and the bytes from then on; those that change nothing are left out. */
  private static void levels(JsonWriter json, String name, List<Course.Level> levels)
      throws IOException {
    json.name(name).beginArray();
    long before = -1;
    for (int i = 0; i < levels.size(); i++) {
      Course.Level level = levels.get(i);
      if (level.bytes() != before || i == levels.size() - 1) {
        json.beginArray().value(Figures.rounded(level.fromUs())).value(level.bytes()).endArray();
        before = level.bytes();
      }
    }
    json.endArray();
  }
}
