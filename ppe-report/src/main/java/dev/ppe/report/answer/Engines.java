package dev.ppe.report.answer;

import dev.ppe.v1.Engine;

/** What instructions hold, in words. */
public final class Engines {
  private Engines() {}

  /** The engine as reports call it. */
  public static String name(Engine engine) {
    return switch (engine) {
      case ENGINE_HOST -> "host";
      case ENGINE_LINK_IN -> "link to the accelerator";
      case ENGINE_LINK_OUT -> "link to the host";
      case ENGINE_DRAM -> "DRAM";
      case ENGINE_NETWORK -> "PE network";
      case ENGINE_ARRAY -> "PE array";
      case ENGINE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }
}
