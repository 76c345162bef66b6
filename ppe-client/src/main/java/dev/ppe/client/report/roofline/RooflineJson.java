package dev.ppe.client.report.roofline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.report.roofline.Level;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.report.roofline.Roofline.Way;
import dev.ppe.v1.Accelerator;
import java.io.PrintWriter;

/** For programs: JSON Lines, an object a model, with the points of a plot. */
public final class RooflineJson implements AnswerWriter {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final PrintWriter out;
  private final Accelerator accelerator;

  /**
   * Prints to {@code out}.
   *
   * @param accelerator that answers are about
   */
  public RooflineJson(PrintWriter out, Accelerator accelerator) {
    this.out = out;
    this.accelerator = accelerator;
  }

  @Override
  public void write(Answer answer) {
    Roofline roofline = Roofline.of(answer.response(), accelerator);
    JsonObject object = new JsonObject();
    object.addProperty("modelName", roofline.model());
    object.addProperty("accelerator", roofline.accelerator());
    object.addProperty("peakMacsPerSecond", roofline.peak());
    JsonArray ways = new JsonArray();
    for (Way way : roofline.ways()) {
      JsonObject element = new JsonObject();
      element.addProperty("level", way.level().id());
      element.addProperty("bytesPerSecond", way.bytesPerSecond());
      ways.add(element);
    }
    object.add("roofs", ways);
    JsonArray points = new JsonArray();
    roofline.points().forEach(point -> points.add(point(point, roofline.peak())));
    object.add("layers", points);
    roofline.whole().ifPresent(whole -> object.add("all", point(whole, roofline.peak())));
    out.print(GSON.toJson(object));
    out.print('\n');
  }

  private static JsonObject point(Point point, double peak) {
    JsonObject object = new JsonObject();
    object.addProperty("name", point.name());
    object.addProperty("kind", point.kind());
    object.addProperty("macs", point.macs());
    object.addProperty("us", point.micros());
    object.addProperty("macsPerSecond", point.attained());
    object.addProperty("roofMacsPerSecond", point.roof());
    object.addProperty("share", point.share());
    object.addProperty("boundBy", point.boundBy(peak).map(Level::id).orElse("peak"));
    JsonArray levels = new JsonArray();
    for (Reach reach : point.reaches()) {
      JsonObject element = new JsonObject();
      element.addProperty("level", reach.level().id());
      element.addProperty("bytes", reach.bytes());
      element.addProperty("macsPerByte", reach.intensity());
      element.addProperty("roofMacsPerSecond", reach.roof());
      levels.add(element);
    }
    object.add("levels", levels);
    return object;
  }
}
