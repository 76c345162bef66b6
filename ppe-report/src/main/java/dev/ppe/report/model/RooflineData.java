package dev.ppe.report.model;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.roofline.Level;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.report.roofline.Roofline.Way;
import java.io.IOException;

/**
 * The roofs and the layers under them, as a member of a report's object.
 *
 * @param report whose
 */
record RooflineData(ModelReport report) {
  void write(JsonWriter json) throws IOException {
    json.name("roofline").beginObject();
    ModelJson.number(json, "peak", report.roofline().peak());
    json.name("host").value(report.roofline().host());
    json.name("ways").beginArray();
    for (Way way : report.roofline().ways()) {
      json.beginObject();
      json.name("id").value(way.level().id());
      json.name("name").value(way.level().text());
      ModelJson.number(json, "bytesPerSecond", way.bytesPerSecond());
      json.endObject();
    }
    json.endArray();
    json.name("points").beginArray();
    for (Point point : report.roofline().points()) {
      point(json, point);
    }
    json.endArray();
    if (report.roofline().whole().isPresent()) {
      json.name("whole");
      point(json, report.roofline().whole().get());
    }
    json.name("others").value(report.roofline().others());
    json.endObject();
  }

  private void point(JsonWriter json, Point point) throws IOException {
    json.beginObject();
    if (point.layer() >= 0) {
      json.name("layer").value(point.layer());
    }
    json.name("name").value(point.name());
    json.name("kind").value(point.kind());
    ModelJson.number(json, "us", point.micros());
    ModelJson.number(json, "attained", point.attained());
    ModelJson.number(json, "roof", point.roof());
    json.name("boundBy").value(point.boundBy(report.peak()).map(Level::id).orElse("peak"));
    json.name("intensity").beginObject();
    for (Reach reach : point.reaches()) {
      ModelJson.number(json, reach.level().id(), reach.intensity());
    }
    json.endObject();
    json.endObject();
  }
}
