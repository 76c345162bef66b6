package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.classification.Backbone;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The segmentation networks: families in order of appearance, small to large within each. */
public final class Segmentation {
  private Segmentation() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            Stream.of(deepLabV3().model()),
            Stream.of(MobileNetEdgeTpuV2.XS, MobileNetEdgeTpuV2.S, MobileNetEdgeTpuV2.M)
                .flatMap(backbone -> deepLabV3Plus(backbone).models().stream()),
            AutoSegs.ALL.stream().flatMap(network -> network.segmenter().models().stream()))
        .flatMap(models -> models)
        .toList();
  }

  /** With the 21 classes of Pascal VOC. */
  private static Segmenter deepLabV3() {
    Backbone backbone = MobileNetV2.DEFAULT.backbone();
    return new Segmenter(
        "deeplabv3_mobilenet_v2",
        List.of("deeplabv3_mobilenet_v2_os16", "deeplabv3_mobilenet_v2_os16_513"),
        "DeepLabv3 on MobileNetV2 with output stride 16",
        ModelOptions.image(513, 21),
        (net, image, classes) ->
            DeepLab.V3_MOBILE.logits(net, backbone.features(net, image, 16).top(), classes));
  }

  /** With 32 classes of ADE20K. */
  private static Segmenter deepLabV3Plus(MobileNetEdgeTpuV2 backbone) {
    String name =
        "deeplabv3plus_mobilenet_edgetpuv2_" + backbone.variant().toLowerCase(Locale.ROOT);
    return new Segmenter(
        name,
        List.of(name + "_ade20k_32"),
        "DeepLabv3+ on MobileNetEdgeTPU v2 " + backbone.variant(),
        ModelOptions.image(512, 32),
        (net, image, classes) ->
            DeepLab.V3_PLUS.decodedLogits(net, backbone.features(net, image), 4, 48, classes));
  }
}
