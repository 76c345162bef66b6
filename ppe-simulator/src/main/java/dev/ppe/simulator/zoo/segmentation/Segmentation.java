package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The segmentation networks: families in order of appearance, small to large within each. */
public final class Segmentation {
  /** In the order of their classifiers. */
  private static final List<SegmentationBackbone> BACKBONES =
      Stream.concat(
              Stream.of(
                  new SegmentationBackbone(
                      "mobilenet_v2", "MobileNetV2", MobileNetV2.DEFAULT.backbone()::features)),
              Stream.of(MobileNetEdgeTpuV2.XS, MobileNetEdgeTpuV2.S, MobileNetEdgeTpuV2.M)
                  .map(
                      backbone ->
                          new SegmentationBackbone(
                              "mobilenet_edgetpuv2_" + backbone.variant().toLowerCase(Locale.ROOT),
                              "MobileNetEdgeTPUV2 " + backbone.variant(),
                              backbone::features)))
          .toList();

  private Segmentation() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            BACKBONES.stream().map(SegmentationBackbone::deepLabV3),
            BACKBONES.stream().map(SegmentationBackbone::deepLabV3Plus),
            AutoSegs.ALL.stream().map(AutoSeg::segmenter))
        .flatMap(segmenters -> segmenters)
        .flatMap(segmenter -> segmenter.models().stream())
        .toList();
  }
}
