package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.zoo.FeatureMaps;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stem and the stages of a classifier, on which detectors and segmentation networks put heads
 * of their own.
 *
 * @param stem channels after the first convolution, which is 3 x 3 over every second pixel
 * @param nonlinearity after the first convolution
 */
public record Backbone(int stem, Nonlinearity nonlinearity, List<Stage> stages) {
  public Backbone {
    stages = List.copyOf(stages);
  }

  /** The layers as the classifier has them, with maps of all levels. */
  public FeatureMaps features(GraphBuilder net, Value image) {
    return features(net, image, Integer.MAX_VALUE);
  }

  /**
   * The layers with maps no smaller than an {@code outputStride}th of the image: strides beyond are
   * replaced by dilations (Chen et al., "DeepLab", 2016), so that each output still sees as much.
   *
   * @param outputStride 2, 4, 8 and so on
   */
  public FeatureMaps features(GraphBuilder net, Value image, int outputStride) {
    Kernel kernel = Kernel.of(3).stride(2);
    Value x = net.scope("stem").conv("conv3x3", image, stem, kernel, nonlinearity);
    SortedMap<Integer, Value> levels = new TreeMap<>();
    int level = 1;
    int dilation = 1;
    levels.put(level, x);
    for (int s = 0; s < stages.size(); s++) {
      Stage stage = stages.get(s);
      boolean strides = stage.stride() > 1;
      if (dilation > 1 || (strides && (1 << level) >= outputStride)) {
        x = stage.writeDilated(net, "s" + s, x, dilation);
        dilation *= stage.stride();
      } else {
        x = stage.write(net, "s" + s, x);
        level += strides ? 1 : 0;
      }
      levels.put(level, x);
    }
    return new FeatureMaps(levels);
  }
}
