package dev.ppe.nas.block;

import java.util.Locale;

/** What an inverted bottleneck is made of, in the words of search spaces. */
public enum BlockForm {
  /** 1 x 1 expansion, depthwise convolution, projection. */
  DEPTHWISE(false),
  /** Full convolution that expands, projection. */
  FUSED(false),
  /** Group convolution that expands, projection: the paper's GC-IBN. */
  GC(true),
  /** 1 x 1 expansion, group convolution, projection. */
  GROUPED(true);

  private final boolean inGroups;

  BlockForm(boolean inGroups) {
    this.inGroups = inGroups;
  }

  /** Whether its spatial convolution is cut into groups. */
  public boolean inGroups() {
    return inGroups;
  }

  /** As search spaces call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
