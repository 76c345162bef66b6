package dev.ppe.report.model;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.JsonBody;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Peak;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import java.io.IOException;

/**
 * The layers of a report, an object each in the order in which they run.
 *
 * @param report whose layers
 */
record LayersJson(ModelReport report) implements JsonBody {
  @Override
  public void write(JsonWriter json) throws IOException {
    double micros = Peak.microsPerCycle(report.response());
    json.beginArray();
    for (int i = 0; i < report.response().getLayersCount(); i++) {
      layer(json, report.response().getLayers(i), report.graph().details().get(i), micros);
    }
    json.endArray();
  }

  private static void layer(JsonWriter json, Layer layer, LayerDetail detail, double micros)
      throws IOException {
    json.beginObject();
    json.name("name").value(layer.getName());
    json.name("kind").value(layer.getKind());
    if (layer.getPlacement() == Placement.PLACEMENT_HOST) {
      json.name("host").value(true);
    }
    text(json, "placementReason", layer.getPlacementReason());
    ModelJson.number(json, "us", layer.getCycles() * micros);
    json.name("time");
    ModelJson.time(json, layer.getTime(), micros);
    json.name("boundBy").value(Causes.name(layer.getBoundBy()));
    ModelJson.number(json, "startUs", layer.getStartCycle() * micros);
    ModelJson.number(json, "finishUs", layer.getFinishCycle() * micros);
    figure(json, "macs", layer.getMacs());
    figure(json, "utilization", layer.getUtilization());
    figure(json, "parameterBytes", layer.getParameterBytes());
    if (layer.getParametersCached()) {
      json.name("cached").value(true);
    }
    figure(json, "activationReadBytes", layer.getActivationReadBytes());
    figure(json, "peMemoryWriteBytes", layer.getPeMemoryWriteBytes());
    figure(json, "parameterReadBytes", layer.getParameterReadBytes());
    figure(json, "networkBytes", layer.getNetworkBytes());
    figure(json, "dramBytes", layer.getDramBytes());
    figure(json, "hostLinkBytes", layer.getHostLinkBytes());
    figure(json, "uj", layer.getEnergyUj());
    if (layer.getEnergyUj() > 0) {
      json.name("energy");
      ModelJson.energy(json, layer.getEnergy());
    }
    text(json, "tiling", layer.getTiling());
    text(json, "outside", layer.getOutside());
    text(json, "input", detail.input());
    text(json, "output", detail.output());
    text(json, "window", detail.window());
    json.endObject();
  }

  private static void text(JsonWriter json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.name(name).value(text);
    }
  }

  private static void figure(JsonWriter json, String name, long figure) throws IOException {
    if (figure != 0) {
      json.name(name).value(figure);
    }
  }

  private static void figure(JsonWriter json, String name, double figure) throws IOException {
    if (figure != 0) {
      ModelJson.number(json, name, figure);
    }
  }
}
