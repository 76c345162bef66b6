package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.Chain;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * The single-shot detector's head (Liu et al., "SSD", 2016), and SSDLite's (Sandler et al.,
 * "MobileNetV2", 2018) with depthwise convolutions in the place of full ones, as configured in the
 * TensorFlow Object Detection API: anchors of six shapes at each position, of three on the first
 * and finest map.
 *
 * @param separable SSDLite's
 * @param classes that it tells apart, the background being the first
 */
public record SsdHead(boolean separable, int classes) {
  private static final Kernel KERNEL = Kernel.of(3);
  private static final List<Integer> EXTRA_CHANNELS = List.of(512, 256, 256, 128);
  private static final int FIRST_ANCHORS = 3;
  private static final int ANCHORS = 6;

  /** The maps followed by four smaller ones, each made from the one before. */
  public List<Value> extend(GraphBuilder net, List<Value> maps) {
    List<Value> pyramid = new ArrayList<>(maps);
    for (int i = 0; i < EXTRA_CHANNELS.size(); i++) {
      pyramid.add(extra(net.scope("extra" + i), pyramid.getLast(), EXTRA_CHANNELS.get(i)));
    }
    return pyramid;
  }

  private Value extra(GraphBuilder net, Value x, int channels) {
    Kernel strided = KERNEL.stride(2);
    Chain narrow = net.chain(x).pointwise("reduce", channels / 2, Nonlinearity.RELU6);
    Chain result =
        separable
            ? narrow
                .depthwise("dw3x3", strided, Nonlinearity.RELU6)
                .pointwise("expand", channels, Nonlinearity.RELU6)
            : narrow.conv("conv3x3", channels, strided, Nonlinearity.RELU6);
    return result.value();
  }

  /**
   * Predictors on every map, finest first.
   *
   * @return boxes [1, anchors, 4] and scores [1, anchors, classes]
   */
  public Value[] detections(GraphBuilder net, List<Value> maps) {
    List<Value> boxes = new ArrayList<>();
    List<Value> scores = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      GraphBuilder predictor = net.scope("predict" + i);
      int anchors = i == 0 ? FIRST_ANCHORS : ANCHORS;
      boxes.add(predict(predictor.scope("box"), maps.get(i), anchors * Anchors.COORDINATES));
      scores.add(predict(predictor.scope("class"), maps.get(i), anchors * classes));
    }
    return Anchors.join(net.scope("detections"), boxes, scores, classes);
  }

  private Value predict(GraphBuilder net, Value x, int channels) {
    Value features = separable ? net.depthwise("dw3x3", x, KERNEL, Activation.RELU6) : x;
    return net.pointwise("conv1x1", features, channels, Activation.NONE);
  }
}
