package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.stream.Stream;

/** The networks of this package: families in order of appearance, small to large within each. */
public final class Language {
  private Language() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(Bert.models(), MobileBert.models()).flatMap(List::stream).toList();
  }
}
