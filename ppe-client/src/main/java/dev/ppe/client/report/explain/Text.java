package dev.ppe.client.report.explain;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Extent;
import dev.ppe.simulator.compile.Resource;
import java.util.Locale;
import java.util.OptionalInt;

/** Values as the sections show them. */
final class Text {
  static final String NONE = "-";

  private Text() {}

  static String cause(Cause cause) {
    return switch (cause) {
      case DMA -> "DMA";
      case INVOCATION -> "driver";
      case PE_MEMORY_BANK -> "PE memory bank";
      default -> constant(cause);
    };
  }

  static String resource(Resource resource) {
    return switch (resource) {
      case HOST -> "host";
      case LINK_IN -> "host link, in";
      case LINK_OUT -> "host link, out";
      case DRAM -> "DRAM";
      case NETWORK -> "between PEs";
      case ARRAY -> "cores";
    };
  }

  /** An enum's constant in words. */
  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String extent(Extent extent) {
    return "%dx%dx%d".formatted(extent.rows(), extent.columns(), extent.channels());
  }

  static String index(OptionalInt index) {
    return index.isPresent() ? Integer.toString(index.getAsInt()) : NONE;
  }

  /** The number, or {@link #NONE} if it is 0. */
  static String count(long number) {
    return number == 0 ? NONE : String.format(Locale.ROOT, "%,d", number);
  }
}
