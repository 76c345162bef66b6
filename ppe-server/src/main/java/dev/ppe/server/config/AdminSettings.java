package dev.ppe.server.config;

/**
 * The pages for operators, over plain HTTP.
 *
 * @param enabled whether they are there
 * @param host name or address to listen on
 * @param port TCP port, 0 to 65535; 0 takes any that is free
 */
public record AdminSettings(boolean enabled, String host, int port) {
  /** Off; where switched on, this machine only. */
  public static final AdminSettings DEFAULT = new AdminSettings(false, "127.0.0.1", 50052);

  public AdminSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("admin.host is empty, must be a name or an address");
    }
    Ranges.require("admin.port", port, 0, 65_535);
  }
}
