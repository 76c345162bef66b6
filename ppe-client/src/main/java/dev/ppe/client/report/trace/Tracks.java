package dev.ppe.client.report.trace;

import dev.ppe.v1.Engine;

/** Engines as tracks of a trace. */
final class Tracks {
  private Tracks() {}

  static String name(Engine engine) {
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
