package dev.ppe.report.answer;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import java.util.stream.Stream;

/** The layers whose parameters do not stay on the chip. */
public final class Streaming {
  private Streaming() {}

  private static Stream<Layer> layers(EstimateResponse response) {
    return response.getLayersList().stream()
        .filter(layer -> layer.getParameterBytes() > 0 && !layer.getParametersCached());
  }

  /** Where their parameters come from. */
  public static String source(EstimateResponse response) {
    return layers(response).anyMatch(layer -> layer.getDramBytes() > 0) ? "DRAM" : "the host";
  }

  /** Cycles that wait for them. */
  public static long cycles(EstimateResponse response) {
    return layers(response).mapToLong(layer -> layer.getTime().getParameterFetchCycles()).sum();
  }
}
