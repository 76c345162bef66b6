package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.detection.SsdHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SSD on MobileNetV1 for 300 x 300, quantised to uint8, cut into a pipeline of two or four segments
 * as the vendor's co-compiler did.
 *
 * <p>The cuts follow from the bytes that each segment takes and gives: 236,032 = 19 x 19 x 512 + 10
 * x 10 x 512, 102,400 = 10 x 10 x 1024, 16,000 = 5 x 5 x 512 + 5 x 5 x 128, and the last one takes
 * the maps of all segments before it, 303,232 bytes. The parameters of two segments are those of
 * the four added up: 3,363,072 = 1,741,056 + 1,622,016 and 3,694,528 = 1,510,912 + 2,183,616.
 */
final class SsdSegments {
  private static final int CLASSES = 91;
  private static final Kernel THREE = Kernel.of(3);

  /** Channels and stride of the depthwise and pointwise pairs of MobileNetV1. */
  private static final int[][] PAIRS = {
    {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
    {512, 1}, {512, 1}
  };

  private SsdSegments() {}

  /**
   * Segment {@code index}, from 0, of {@code count}; empty if it was not derived for that count.
   */
  static Optional<Graph> of(int index, int count) {
    if ((count != 2 && count != 4) || index >= count) {
      return Optional.empty();
    }
    // Of four segments the first two make the first of two, the last two the second.
    int first = index * (4 / count);
    int last = first + 4 / count - 1;
    GraphBuilder net =
        GraphBuilder.named("ssd_mobilenet_v1-%d-of-%d".formatted(index, count), Arithmetic.INT8);
    return Optional.of(PerTensorUint8.of(first == 0 ? front(net, last) : back(net, first, last)));
  }

  private static Graph front(GraphBuilder net, int last) {
    Value x = net.input("image", 1, 300, 300, 3);
    x = net.conv("conv0", x, 32, THREE.stride(2), Activation.RELU6);
    for (int i = 0; i < PAIRS.length; i++) {
      GraphBuilder pair = net.scope("pair" + (i + 1));
      x = pair.depthwise("depthwise", x, THREE.stride(PAIRS[i][1]), Activation.RELU6);
      x = pair.pointwise("pointwise", x, PAIRS[i][0], Activation.RELU6);
    }
    Value small = net.scope("pair12").depthwise("depthwise", x, THREE.stride(2), Activation.RELU6);
    return last == 0 ? net.build(x, small) : net.build(x, top(net, small));
  }

  private static Graph back(GraphBuilder net, int first, int last) {
    if (first == 1) {
      return net.build(top(net, net.input("map", 1, 10, 10, 512)));
    }
    List<Value> maps = new ArrayList<>();
    if (last == 3) {
      maps.add(net.input("map19", 1, 19, 19, 512));
    }
    maps.add(net.input("map10", 1, 10, 10, 1024));
    if (first == 2) {
      GraphBuilder extra = net.scope("extra0");
      Value narrow = extra.pointwise("reduce", maps.getLast(), 256, Activation.RELU6);
      maps.add(extra.conv("conv3x3", narrow, 512, THREE.stride(2), Activation.RELU6));
    } else {
      maps.add(net.input("map5", 1, 5, 5, 512));
    }
    Value narrow =
        first == 2
            ? net.scope("extra1").pointwise("reduce", maps.getLast(), 128, Activation.RELU6)
            : net.input("narrow5", 1, 5, 5, 128);
    return last == 2 ? net.build(maps.getLast(), narrow) : head(net, maps, narrow);
  }

  private static Value top(GraphBuilder net, Value x) {
    Value wide = net.scope("pair12").pointwise("pointwise", x, 1024, Activation.RELU6);
    GraphBuilder pair = net.scope("pair13");
    Value spatial = pair.depthwise("depthwise", wide, THREE, Activation.RELU6);
    return pair.pointwise("pointwise", spatial, 1024, Activation.RELU6);
  }

  private static Graph head(GraphBuilder net, List<Value> maps, Value narrow) {
    Value x = net.scope("extra1").conv("conv3x3", narrow, 256, THREE.stride(2), Activation.RELU6);
    maps.add(x);
    for (int i = 2; i < 4; i++) {
      int channels = i == 2 ? 256 : 128;
      GraphBuilder extra = net.scope("extra" + i);
      x = extra.pointwise("reduce", x, channels / 2, Activation.RELU6);
      x = extra.conv("conv3x3", x, channels, THREE.stride(2), Activation.RELU6);
      maps.add(x);
    }
    return net.build(new SsdHead(false, CLASSES).detections(net, maps));
  }
}
