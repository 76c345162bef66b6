package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.zoo.segmentation.AutoSeg.Block.Depthwise;
import dev.ppe.simulator.zoo.segmentation.AutoSeg.Block.Fused;
import dev.ppe.simulator.zoo.segmentation.AutoSeg.Block.Pointwise;
import dev.ppe.simulator.zoo.segmentation.AutoSeg.Block.Projection;
import dev.ppe.simulator.zoo.segmentation.AutoSeg.Block.Spatial;
import java.util.List;

/** The backbones of AutoSeg-EdgeTPU's sizes, block by block. The largest was never published. */
final class AutoSegs {
  static final AutoSeg XS =
      new AutoSeg(
          "XS",
          List.of(
              new Projection(12),
              new Fused(3, 6, 2, 24),
              new Depthwise(3, 3, 1, 24),
              new Fused(3, 3, 2, 60),
              new Depthwise(3, 6, 1, 40),
              new Depthwise(5, 3, 2, 40),
              new Depthwise(3, 6, 1, 40),
              new Fused(3, 6, 1, 120),
              new Depthwise(3, 6, 1, 168),
              new Depthwise(5, 6, 1, 84),
              new Depthwise(5, 3, 1, 84),
              new Spatial(5, 2, 84),
              new Pointwise(6, 288),
              new Spatial(5, 1, 288),
              new Pointwise(3, 96),
              new Spatial(5, 1, 96),
              new Pointwise(6, 96),
              new Spatial(5, 1, 96),
              new Pointwise(6, 96),
              new Depthwise(5, 3, 1, 480)));

  static final AutoSeg S =
      new AutoSeg(
          "S",
          List.of(
              new Projection(12),
              new Fused(3, 6, 2, 36),
              new Depthwise(5, 3, 1, 20),
              new Fused(5, 6, 2, 60),
              new Depthwise(3, 3, 1, 60),
              new Depthwise(5, 6, 2, 120),
              new Depthwise(3, 3, 1, 120),
              new Depthwise(5, 6, 1, 120),
              new Depthwise(3, 6, 1, 112),
              new Depthwise(5, 6, 1, 112),
              new Depthwise(5, 6, 1, 112),
              new Spatial(5, 2, 112),
              new Pointwise(6, 192),
              new Spatial(5, 1, 192),
              new Pointwise(6, 96),
              new Depthwise(5, 3, 1, 96),
              new Spatial(5, 1, 96),
              new Pointwise(6, 192),
              new Spatial(5, 1, 192),
              new Pointwise(3, 160)));

  static final AutoSeg M =
      new AutoSeg(
          "M",
          List.of(
              new Spatial(5, 1, 16),
              new Fused(3, 6, 2, 36),
              new Depthwise(3, 3, 1, 36),
              new Fused(3, 6, 2, 60),
              new Depthwise(3, 6, 1, 60),
              new Fused(5, 6, 2, 120),
              new Depthwise(5, 6, 1, 120),
              new Fused(3, 6, 1, 80),
              new Depthwise(3, 6, 1, 168),
              new Depthwise(5, 6, 1, 168),
              new Spatial(5, 1, 168),
              new Pointwise(6, 168),
              new Spatial(3, 2, 168),
              new Pointwise(3, 192),
              new Spatial(5, 1, 192),
              new Pointwise(6, 288),
              new Spatial(5, 1, 288),
              new Pointwise(6, 96),
              new Spatial(5, 1, 96),
              new Pointwise(3, 192),
              new Spatial(5, 1, 192),
              new Pointwise(3, 320)));

  static final List<AutoSeg> ALL = List.of(XS, S, M);

  private AutoSegs() {}
}
