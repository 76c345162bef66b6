package dev.ppe.client.report.compare;

import dev.ppe.report.answer.Peak;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import java.util.List;
import java.util.Map;

/**
 * One of two answers.
 *
 * @param response with its layers
 * @param accelerator that it is about
 * @param shapes of the layers' results by the layers' names, as far as they are known
 */
public record Side(EstimateResponse response, Accelerator accelerator, Map<String, String> shapes) {
  public Side {
    shapes = Map.copyOf(shapes);
  }

  List<Layer> layers() {
    return response.getLayersList();
  }

  double micros(long cycles) {
    return cycles * Peak.microsPerCycle(response);
  }

  String shape(Layer layer) {
    return shapes.getOrDefault(layer.getName(), "");
  }
}
