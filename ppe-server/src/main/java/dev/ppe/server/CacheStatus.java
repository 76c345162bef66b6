package dev.ppe.server;

import java.util.Locale;

/** Where an answer came from. It is the same answer, to the last byte. */
enum CacheStatus {
  /** It was worked out for this request. */
  COMPUTED,
  /** It was worked out for several requests that came at the same time. */
  SHARED,
  /** It was worked out before. */
  HIT;

  /** As clients see it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
