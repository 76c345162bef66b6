package dev.ppe.simulator.power;

/**
 * An energy published for two process nodes, and so for all between: {@code E(node) = older x (node
 * / olderNm)^p} with {@code p = ln(older / newer) / ln(olderNm / newerNm)}, a straight line in
 * logarithms. Beyond the two nodes the line goes on.
 *
 * @param olderNm the older node, in nanometres
 * @param olderPj energy there, in picojoules
 * @param newerNm the newer node
 * @param newerPj energy there
 * @param source where both stand
 */
public record PublishedFigure(
    double olderNm, double olderPj, double newerNm, double newerPj, String source) {
  public PublishedFigure {
    if (!(olderNm > newerNm && newerNm > 0 && olderPj > 0 && newerPj > 0)) {
      throw new IllegalArgumentException(
          "%s pJ at %s nm and %s pJ at %s nm are no line from an older node to a newer one"
              .formatted(olderPj, olderNm, newerPj, newerNm));
    }
  }

  /** The exponent p. */
  public double exponent() {
    return Math.log(olderPj / newerPj) / Math.log(olderNm / newerNm);
  }

  /** Energy at a node, in picojoules. */
  public double at(double nm) {
    return olderPj * Math.pow(nm / olderNm, exponent());
  }
}
