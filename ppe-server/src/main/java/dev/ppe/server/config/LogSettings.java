package dev.ppe.server.config;

/**
 * What the server writes on standard error.
 *
 * @param format lines for people, or an object of JSON each
 * @param slowRequestMillis a request that takes this long or longer is logged, and shown on the
 *     admin page; 0 or more
 */
public record LogSettings(LogFormat format, int slowRequestMillis) {
  public static final LogSettings DEFAULT = new LogSettings(LogFormat.TEXT, 1000);

  public LogSettings {
    Ranges.require("log.slowRequestMillis", slowRequestMillis, 0, Integer.MAX_VALUE);
  }
}
