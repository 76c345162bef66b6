package dev.ppe.nas.cost;

/** Something that is known of each part of a network and adds up over its parts. */
final class Quantity {
  private final String name;
  private final double[] values;

  /**
   * A quantity.
   *
   * @param name such as {@code macs}
   * @param values of the part that each row of a {@link Layout} stands for
   */
  Quantity(String name, double[] values) {
    this.name = name;
    this.values = values.clone();
  }

  String name() {
    return name;
  }

  double value(int row) {
    return values[row];
  }

  double[] values() {
    return values.clone();
  }
}
