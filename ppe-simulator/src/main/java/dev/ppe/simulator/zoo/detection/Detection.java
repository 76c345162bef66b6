package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.classification.Backbone;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpu;
import dev.ppe.simulator.zoo.classification.MobileNetV1;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.util.List;
import java.util.stream.Stream;

/** The detectors: families in order of appearance, small to large within each. */
public final class Detection {
  private static final Backbone MOBILE_NET_V1 = new MobileNetV1(1.0, 224).backbone();
  private static final Backbone MOBILE_NET_V2 = MobileNetV2.DEFAULT.backbone();
  private static final Backbone MOBILE_NET_EDGE_TPU = new MobileNetEdgeTpu(1.0).backbone();

  private Detection() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            Stream.of(
                    ssd("mobilenet_v1", "MobileNetV1", Detection::onMobileNetV1),
                    ssdLite("mobilenet_v1", "MobileNetV1", Detection::onMobileNetV1),
                    ssd("mobilenet_v2", "MobileNetV2", Detection::onMobileNetV2),
                    ssdLite("mobilenet_v2", "MobileNetV2", Detection::onMobileNetV2),
                    ssdLite("mobilenet_edgetpu", "MobileNetEdgeTPU", Detection::onMobileNetEdgeTpu),
                    ssdLite("mobiledet_cpu", "MobileDet-CPU", on(MobileDet.CPU)),
                    ssdLite("mobiledet_dsp", "MobileDet-DSP", on(MobileDet.DSP)),
                    ssdLite("mobiledet_edgetpu", "MobileDet-EdgeTPU", on(MobileDet.EDGE_TPU)))
                .map(Detector::model),
            Stream.of(MnasFpn.DEFAULT.model()),
            SpaghettiNets.ALL.stream().flatMap(network -> network.models().stream()))
        .flatMap(models -> models)
        .toList();
  }

  private static Detector ssd(String backbone, String title, Detector.Layers layers) {
    return new Detector("ssd_" + backbone, "SSD on " + title, 300, false, layers);
  }

  private static Detector ssdLite(String backbone, String title, Detector.Layers layers) {
    return new Detector("ssdlite_" + backbone, "SSDLite on " + title, 320, true, layers);
  }

  private static List<Value> onMobileNetV1(GraphBuilder net, Value image, SsdHead head) {
    FeatureMaps features = MOBILE_NET_V1.features(net, image);
    return head.extend(net, List.of(features.level(4), features.level(5)));
  }

  /** On the expansion in the first block of stride 32, and the layer before the classifier. */
  private static List<Value> onMobileNetV2(GraphBuilder net, Value image, SsdHead head) {
    Value x = MOBILE_NET_V2.features(net, image).top();
    Value top = net.scope("head").pointwise("conv1x1", x, 1280, Nonlinearity.RELU6);
    return head.extend(net, List.of(net.endpoint("s5b0/expand"), top));
  }

  /** On the expansion in the last block of stride 16 and the last block's result. */
  private static List<Value> onMobileNetEdgeTpu(GraphBuilder net, Value image, SsdHead head) {
    Value top = MOBILE_NET_EDGE_TPU.features(net, image).top();
    return head.extend(net, List.of(net.endpoint("s8b2/expand"), top));
  }

  private static Detector.Layers on(MobileDet backbone) {
    return (net, image, head) -> {
      FeatureMaps features = backbone.features(net, image);
      return head.extend(net, List.of(features.level(4), features.level(5)));
    };
  }
}
