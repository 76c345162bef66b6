package dev.ppe.nas.topology;

import java.util.Locale;

/** What a block of a {@link Chain} is made of. All but {@link #SKIP} end in a linear projection. */
public enum BottleneckKind {
  /** The input as it is; where the shape changes, a strided 1 x 1 convolution. */
  SKIP,
  /** The projection alone. */
  PROJECTION,
  /** Depthwise convolution and projection: no expansion. */
  UNEXPANDED,
  /** Expansion, depthwise convolution, projection. */
  DEPTHWISE,
  /** Full convolution as expansion, projection. */
  FUSED,
  /** Group convolution as expansion, projection: GC-IBN. */
  GC,
  /** Expansion, group convolution, projection. */
  GROUPED,
  /** Compression, full convolution, projection: MobileDet's Tucker block. */
  TUCKER,
  /** Depthwise block and pointwise block, both of input width inside: AutoSeg's split stage. */
  SPLIT,
  /** Group 1 x 1 expansion and shuffle, depthwise convolution, group projection: FBNet. */
  SHUFFLED;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
