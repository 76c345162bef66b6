package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.SpaghettiLayer;
import java.util.Arrays;
import java.util.List;

/** The three sizes of SpaghettiNet-EdgeTPU, node by node. */
final class SpaghettiNets {
  private static final SpaghettiLayer IBN_4 = new SpaghettiLayer.Ibn(3, 4);
  private static final SpaghettiLayer IBN_8 = new SpaghettiLayer.Ibn(3, 8);
  private static final SpaghettiLayer IBN_4_5X5 = new SpaghettiLayer.Ibn(5, 4);
  private static final SpaghettiLayer GROUP_CONV_8_IN_3 = new SpaghettiLayer.GroupConv(8, 3);
  private static final SpaghettiLayer GROUP_CONV_4_IN_4 = new SpaghettiLayer.GroupConv(4, 4);
  private static final SpaghettiLayer GROUP_CONV_8_IN_4 = new SpaghettiLayer.GroupConv(8, 4);
  private static final SpaghettiLayer SEPARABLE = new SpaghettiLayer.Separable(3);
  private static final SpaghettiLayer SEPARABLE_5X5 = new SpaghettiLayer.Separable(5);

  static final SpaghettiNet S =
      new SpaghettiNet(
          "S",
          List.of(
              node("n0", 48, 2, List.of("s0"), GROUP_CONV_8_IN_3),
              node(
                  "n1",
                  64,
                  3,
                  List.of("n0"),
                  GROUP_CONV_4_IN_4,
                  GROUP_CONV_4_IN_4,
                  GROUP_CONV_4_IN_4),
              node("n2", 72, 4, List.of("n1"), IBN_8, GROUP_CONV_8_IN_4, IBN_8, IBN_4),
              node("n3", 88, 5, List.of("n2"), IBN_8, IBN_8, IBN_4, IBN_4),
              node("n4", 88, 6, List.of("n3"), IBN_8, SEPARABLE_5X5, SEPARABLE_5X5, SEPARABLE_5X5),
              node("n5", 88, 7, List.of("n4"), SEPARABLE_5X5, SEPARABLE),
              node("c0n0", 144, 5, List.of("n3", "n4"), IBN_4, IBN_4, IBN_4, IBN_4),
              node("c0n1", 120, 4, List.of("n2", "c0n0"), IBN_8, IBN_4, IBN_4, IBN_4),
              node("c0n2", 168, 5, List.of("c0n1", "c0n0"), IBN_4),
              node("c0n3", 136, 6, List.of("n5", "c0n0"), IBN_4, SEPARABLE),
              node("c0n4", 136, 7, List.of("n5", "c0n0"), IBN_4),
              node("c0n5", 64, 7, List.of("c0n4"), SEPARABLE, SEPARABLE)));

  static final SpaghettiNet M =
      new SpaghettiNet(
          "M",
          List.of(
              node("n0", 48, 2, List.of("s0"), GROUP_CONV_8_IN_3),
              node(
                  "n1",
                  64,
                  3,
                  List.of("n0"),
                  GROUP_CONV_8_IN_4,
                  GROUP_CONV_4_IN_4,
                  GROUP_CONV_4_IN_4,
                  GROUP_CONV_4_IN_4),
              node("n2", 72, 4, List.of("n1"), IBN_8, GROUP_CONV_8_IN_4, IBN_8, IBN_8),
              node("n3", 96, 5, List.of("n2"), IBN_8, IBN_8, IBN_8, IBN_4),
              node("n4", 104, 6, List.of("n3"), IBN_8, IBN_4, SEPARABLE_5X5, IBN_4),
              node("n5", 56, 7, List.of("n4"), SEPARABLE_5X5, SEPARABLE),
              node("c0n0", 152, 5, List.of("n3", "n4"), IBN_8, IBN_4, IBN_4, IBN_4),
              node("c0n1", 120, 4, List.of("n2", "c0n0"), IBN_8, IBN_4, IBN_4, IBN_4),
              node("c0n2", 168, 5, List.of("c0n1", "c0n0"), IBN_4, SEPARABLE),
              node("c0n3", 136, 6, List.of("n5", "c0n0"), SEPARABLE, SEPARABLE, SEPARABLE),
              node("c0n4", 136, 7, List.of("n5", "c0n0"), IBN_4, SEPARABLE_5X5),
              node("c0n5", 64, 7, List.of("c0n4"), SEPARABLE, SEPARABLE)));

  static final SpaghettiNet L =
      new SpaghettiNet(
          "L",
          List.of(
              node("n0", 48, 2, List.of("s0"), GROUP_CONV_8_IN_3),
              node(
                  "n1",
                  64,
                  3,
                  List.of("n0"),
                  GROUP_CONV_8_IN_4,
                  GROUP_CONV_8_IN_4,
                  GROUP_CONV_8_IN_4,
                  GROUP_CONV_4_IN_4),
              node("n2", 80, 4, List.of("n1"), IBN_8, IBN_8, IBN_8, IBN_4),
              node("n3", 104, 5, List.of("n2"), IBN_8, IBN_8, IBN_8, IBN_8),
              node("n4", 88, 6, List.of("n3"), IBN_8, IBN_4_5X5, IBN_4, IBN_8),
              node("n5", 56, 7, List.of("n4"), IBN_4_5X5, SEPARABLE_5X5),
              node("c0n0", 160, 5, List.of("n3", "n4"), IBN_8, IBN_4, IBN_4, IBN_4),
              node("c0n1", 120, 4, List.of("n2", "c0n0"), IBN_8, IBN_4, IBN_4, IBN_8),
              node("c0n2", 168, 5, List.of("c0n1", "c0n0"), IBN_4, IBN_4, IBN_4, IBN_4),
              node("c0n3", 112, 6, List.of("n5", "c0n0"), IBN_8, IBN_4, SEPARABLE),
              node("c0n4", 128, 7, List.of("n5", "c0n0"), IBN_4, IBN_4),
              node("c0n5", 64, 7, List.of("c0n4"), SEPARABLE_5X5, SEPARABLE_5X5)));

  static final List<SpaghettiNet> ALL = List.of(S, M, L);

  private SpaghettiNets() {}

  private static SpaghettiNode node(
      String name, int channels, int level, List<String> sources, SpaghettiLayer... layers) {
    return new SpaghettiNode(name, channels, level, sources, Arrays.asList(layers));
  }
}
