package dev.ppe.client;

/**
 * One replica's address.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {
  private static final int MOST = 65_535;

  /** The address of {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}. */
  static HostPort parse(String text) {
    String address = text.strip();
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "\"%s\": an IPv6 address stands in brackets, such as [::1]:50051".formatted(address));
    }
    if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace) || host.contains("/")) {
      throw new IllegalArgumentException("\"%s\" is not of the form host:port".formatted(address));
    }
    return new HostPort(
        host, hasPort ? port(address, address.substring(colon + 1)) : Target.DEFAULT_PORT);
  }

  private static int port(String address, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MOST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "\"%s\": the port must be a number from 1 to %d".formatted(address, MOST));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
