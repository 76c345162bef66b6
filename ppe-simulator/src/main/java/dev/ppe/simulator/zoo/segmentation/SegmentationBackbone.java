package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.ModelOptions;
import java.util.List;

/**
 * A classifier's layers under the heads of DeepLab.
 *
 * <p>Published are DeepLabv3 on MobileNetV2 (Sandler et al., "MobileNetV2", 2018) and DeepLabv3+ on
 * all (official/projects/edgetpu/vision of the TensorFlow Model Garden, which has it on MobileNetV2
 * as the baseline).
 *
 * @param name in the networks' names
 * @param title for people
 * @param layers of the backbone
 */
record SegmentationBackbone(String name, String title, Layers layers) {
  private static final int PASCAL_VOC = 21;
  private static final int ADE20K = 32;

  /** Writes the backbone with maps no smaller than an {@code outputStride}th of the image. */
  interface Layers {
    FeatureMaps write(GraphBuilder net, Value image, int outputStride);
  }

  /** With output stride 16, for the classes of Pascal VOC. */
  Segmenter deepLabV3() {
    String network = "deeplabv3_" + name;
    return new Segmenter(
        network,
        List.of(network + "_os16", network + "_os16_513"),
        "DeepLabv3",
        title,
        ModelOptions.image(513, PASCAL_VOC),
        (net, image, classes) ->
            DeepLab.V3_MOBILE.logits(net, layers.write(net, image, 16).top(), classes));
  }

  /**
   * With output stride 32 and the map of stride 16 in the decoder, as the Model Garden has it, for
   * 32 classes of ADE20K.
   */
  Segmenter deepLabV3Plus() {
    String network = "deeplabv3plus_" + name;
    return new Segmenter(
        network,
        List.of(network + "_ade20k_32"),
        "DeepLabv3+",
        title,
        ModelOptions.image(512, ADE20K),
        (net, image, classes) ->
            DeepLab.V3_PLUS.decodedLogits(net, layers.write(net, image, 32), 4, 48, classes));
  }
}
