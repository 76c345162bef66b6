package dev.ppe.simulator.power;

import java.util.List;

/**
 * Energy of a byte in on-chip memory by the memory's size: published for three sizes at a node,
 * straight lines in logarithms between them and beyond.
 *
 * @param pj energies of an access of 8 bytes at {@link #SIZES}, in picojoules
 */
record SramCurve(List<Double> pj) {
  /** Sizes that energies are published for, in bytes, with the figures' names. */
  static final List<Long> SIZES = List.of(8L << 10, 32L << 10, 1L << 20);

  private static final List<String> FIGURES = List.of("sram_8kib", "sram_32kib", "sram_1mib");
  private static final double ACCESS_BYTES = 8;

  SramCurve {
    pj = List.copyOf(pj);
  }

  /** The curve at a node. */
  static SramCurve at(double nm, PublishedFigures published) {
    return new SramCurve(FIGURES.stream().map(name -> published.get(name).at(nm)).toList());
  }

  /** Energy of a byte in a memory of so many bytes, in picojoules. */
  double bytePj(double bytes) {
    int segment = bytes <= SIZES.get(1) ? 0 : 1;
    double from = pj.get(segment);
    double exponent =
        Math.log(pj.get(segment + 1) / from)
            / Math.log((double) SIZES.get(segment + 1) / SIZES.get(segment));
    return from * Math.pow(bytes / SIZES.get(segment), exponent) / ACCESS_BYTES;
  }
}
