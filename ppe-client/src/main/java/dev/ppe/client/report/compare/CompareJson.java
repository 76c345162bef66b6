package dev.ppe.client.report.compare;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.ppe.client.report.JsonLinesWriter;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.v1.Cause;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** For programs: one object, with both answers (without their layers) and what changed. */
public final class CompareJson implements CompareWriter {
  private final PrintWriter out;

  /** Prints to {@code out}. */
  public CompareJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(Side first, Side second) {
    Compared compared = Compared.of(first, second);
    JsonObject object = new JsonObject();
    object.add("first", summary(first.response()));
    object.add("second", summary(second.response()));
    object.addProperty(
        "deltaUs", second.response().getLatencyUs() - first.response().getLatencyUs());
    object.add(
        "deltaEnergyUj",
        EnergyParts.isCounted(first.response()) && EnergyParts.isCounted(second.response())
            ? new JsonPrimitive(second.response().getEnergyUj() - first.response().getEnergyUj())
            : JsonNull.INSTANCE);
    object.add(
        "hardware", JsonObjects.array(compared.hardware().differences(), CompareJson::difference));
    object.add("deltaUsByCause", causes(compared.causes()));
    object.add("deltaUsOutsideLayers", causes(compared.outside()));
    object.add("layers", JsonObjects.array(compared.layers(), CompareJson::layer));
    JsonObjects.line(out, object);
  }

  private static JsonObject difference(Hardware.Difference difference) {
    JsonObject object = new JsonObject();
    object.addProperty("field", difference.field());
    object.addProperty("first", difference.first());
    object.addProperty("second", difference.second());
    return object;
  }

  private static JsonObject summary(EstimateResponse response) {
    return JsonParser.parseString(
            JsonLinesWriter.text(response.toBuilder().clearLayers().clearTimeline().build()))
        .getAsJsonObject();
  }

  private static JsonObject layer(ComparedLayer layer) {
    JsonObject object = new JsonObject();
    object.addProperty("change", layer.change().name().toLowerCase(Locale.ROOT));
    object.add("first", side(layer.first(), layer.firstUs()));
    object.add("second", side(layer.second(), layer.secondUs()));
    object.addProperty("deltaUs", layer.deltaUs());
    object.add(
        "deltaEnergyUj",
        layer.energyUj().isPresent()
            ? new JsonPrimitive(layer.energyUj().getAsDouble())
            : JsonNull.INSTANCE);
    object.add("deltaUsByCause", causes(layer.causes()));
    object.addProperty("reasons", layer.reasons());
    return object;
  }

  private static JsonObject side(Optional<Layer> layer, double micros) {
    JsonObject object = new JsonObject();
    layer.ifPresent(
        there -> {
          object.addProperty("name", there.getName());
          object.addProperty("kind", there.getKind());
          object.addProperty("us", micros);
          object.addProperty("macs", there.getMacs());
          object.addProperty("energyUj", there.getEnergyUj());
        });
    return object;
  }

  private static JsonObject causes(Map<Cause, Double> changes) {
    JsonObject object = new JsonObject();
    changes.forEach((cause, micros) -> object.addProperty(Causes.name(cause), micros));
    return object;
  }
}
