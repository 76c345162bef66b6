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
import java.util.Optional;
import java.util.stream.Stream;

/** The detectors: families in order of appearance, small to large within each. */
public final class Detection {
  private static final Backbone MOBILE_NET_V1 = new MobileNetV1(1.0, 224).backbone();
  private static final Backbone MOBILE_NET_V2 = MobileNetV2.DEFAULT.backbone();
  private static final Backbone MOBILE_NET_EDGE_TPU = new MobileNetEdgeTpu(1.0).backbone();

  /**
   * What both kinds of heads stand on. The detectors published are SSD on MobileNetV1 and V2, and
   * SSDLite on all.
   *
   * @param ssdResolution rows and columns of SSD's image
   */
  private record SsdBackbone(String name, String title, int ssdResolution, Detector.Layers layers) {
    Detector ssd() {
      return new Detector("ssd_" + name, "SSD", title, ssdResolution, false, layers);
    }

    Detector ssdLite() {
      return new Detector("ssdlite_" + name, "SSDLite", title, 320, true, layers);
    }
  }

  private static final List<SsdBackbone> SSD_BACKBONES =
      List.of(
          new SsdBackbone("mobilenet_v1", "MobileNetV1", 300, Detection::onMobileNetV1),
          new SsdBackbone("mobilenet_v2", "MobileNetV2", 300, Detection::onMobileNetV2),
          new SsdBackbone(
              "mobilenet_edgetpu", "MobileNetEdgeTPU", 320, Detection::onMobileNetEdgeTpu),
          new SsdBackbone("mobiledet_cpu", "MobileDet-CPU", 320, on(MobileDet.CPU)),
          new SsdBackbone("mobiledet_dsp", "MobileDet-DSP", 320, on(MobileDet.DSP)),
          new SsdBackbone("mobiledet_edgetpu", "MobileDet-EdgeTPU", 320, on(MobileDet.EDGE_TPU)));

  /** What {@link #find} finds, for people. */
  public static final String OTHER_NAMES =
      "detectors as they are published, with their selection of boxes: ssd_mobilenet_v1_postprocess";

  private Detection() {}

  /** A detector with {@code _postprocess} behind its name. */
  public static Optional<ZooModel> find(String name) {
    return PostProcess.find(name, models());
  }

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            SSD_BACKBONES.stream().map(backbone -> backbone.ssd().model()),
            SSD_BACKBONES.stream().map(backbone -> backbone.ssdLite().model()),
            Stream.of(MnasFpn.DEFAULT.model()),
            SpaghettiNets.ALL.stream().flatMap(network -> network.models().stream()))
        .flatMap(models -> models)
        .toList();
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
