package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.zoo.FeatureMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bidirectional feature pyramid (Tan et al., "EfficientDet", 2020) for segmentation, as in the
 * TensorFlow Model Garden (official/projects/edgetpu/vision, modeling/heads/bifpn_head.py): maps of
 * all levels in one width, cells that carry them down and up again, and a class net on their sum.
 *
 * @param channels of every map
 * @param repeats cells
 * @param minLevel the finest map's level, on which the logits are
 * @param maxLevel the coarsest map's
 */
public record BiFpnHead(int channels, int repeats, int minLevel, int maxLevel) {
  private static final Kernel KERNEL = Kernel.of(3);
  private static final Kernel POOL = KERNEL.stride(2);

  public BiFpnHead {
    if (minLevel >= maxLevel) {
      throw new IllegalArgumentException(
          "levels are %d to %d, must be two or more".formatted(minLevel, maxLevel));
    }
  }

  /** Writes the head; the result is logits on the map of the finest level. */
  public Value logits(GraphBuilder net, FeatureMaps features, int classes) {
    Map<Integer, Value> maps = pyramid(net, features);
    for (int i = 0; i < repeats; i++) {
      maps = cell(net.scope("bifpn" + i), maps);
    }
    Value finest = map(maps, minLevel);
    List<Value> fused = new ArrayList<>(List.of(finest));
    for (int level = minLevel + 1; level <= maxLevel; level++) {
      fused.add(resize(net.scope("level" + level), map(maps, level), finest));
    }
    Value sum = PyramidBlocks.biFpnNode(net.scope("fuse"), fused);
    return PyramidBlocks.separable(net.scope("classes"), sum, classes, KERNEL, Activation.NONE);
  }

  /** The backbone's maps, and coarser ones pooled from its last, all of one width. */
  private Map<Integer, Value> pyramid(GraphBuilder net, FeatureMaps features) {
    int last = features.levels().lastKey();
    Map<Integer, Value> maps = new TreeMap<>();
    Value x = widen(net.scope("level" + (last + 1)), features.top());
    for (int level = last + 1; level <= maxLevel; level++) {
      x = net.scope("level" + level).averagePool("pool", x, POOL);
      maps.put(level, x);
    }
    for (int level = minLevel; level <= last; level++) {
      maps.put(level, widen(net.scope("level" + level), features.level(level)));
    }
    return maps;
  }

  private Value widen(GraphBuilder net, Value x) {
    return x.channels() == channels ? x : net.pointwise("conv1x1", x, channels, Activation.NONE);
  }

  /**
   * Nodes from coarse to fine, then from fine to coarse; those read what those before them gave.
   */
  private Map<Integer, Value> cell(GraphBuilder net, Map<Integer, Value> inputs) {
    Map<Integer, Value> down = new TreeMap<>();
    Value coarser = map(inputs, maxLevel);
    for (int level = maxLevel - 1; level >= minLevel; level--) {
      GraphBuilder node = net.scope("down" + level);
      Value input = map(inputs, level);
      coarser = PyramidBlocks.biFpnNode(node, List.of(input, resize(node, coarser, input)));
      down.put(level, coarser);
    }
    Map<Integer, Value> outputs = new TreeMap<>();
    Value finer = map(down, minLevel);
    outputs.put(minLevel, finer);
    for (int level = minLevel + 1; level <= maxLevel; level++) {
      GraphBuilder node = net.scope("up" + level);
      List<Value> terms = new ArrayList<>(List.of(map(inputs, level)));
      if (level < maxLevel) {
        terms.add(map(down, level));
      }
      terms.add(node.averagePool("pool", finer, POOL));
      finer = PyramidBlocks.biFpnNode(node, terms);
      outputs.put(level, finer);
    }
    return outputs;
  }

  private static Value map(Map<Integer, Value> maps, int level) {
    return new FeatureMaps(new TreeMap<>(maps)).level(level);
  }

  private static Value resize(GraphBuilder net, Value x, Value like) {
    return net.resizeBilinear("resize", x, like.height(), like.width());
  }
}
