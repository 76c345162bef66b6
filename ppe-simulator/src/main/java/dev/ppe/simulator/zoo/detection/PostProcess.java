package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.util.List;

/**
 * What published detectors end in: {@code TFLite_Detection_PostProcess}, which decodes boxes by
 * their anchors and suppresses all but the best ones, as the TensorFlow Object Detection API
 * exports it unless told otherwise ({@code export_tflite_ssd_graph.py}). No accelerator has it: a
 * host does it, in floats.
 */
public final class PostProcess {
  private static final String OPERATOR = "TFLite_Detection_PostProcess";

  /** Detections of an image, the exporter's default. */
  private static final int DETECTIONS = 10;

  private PostProcess() {}

  /**
   * Selects.
   *
   * @param predictions boxes [1, anchors, 4] and scores [1, anchors, classes]
   * @return corners [1, 10, 4], classes [1, 10] and scores [1, 10] of the best, and how many [1]
   */
  public static Value[] of(GraphBuilder net, Value... predictions) {
    Value boxes = predictions[0];
    Value anchors = net.parameter("anchors", boxes.shape().dim(1), Anchors.COORDINATES);
    Shape each = Shape.of(1, DETECTIONS);
    return net.custom(
            "select",
            OPERATOR,
            List.of(boxes, predictions[1], anchors),
            DataType.FLOAT32,
            List.of(Shape.of(1, DETECTIONS, Anchors.COORDINATES), each, each, Shape.of(1)))
        .toArray(Value[]::new);
  }
}
