package dev.ppe.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the replicas are: {@code host:port[,host:port...]}, or {@code dns:///name:port} for a name
 * that stands for all of them, or {@code xds:///name} for one that a control plane knows. The port
 * may be left out: {@link #DEFAULT_PORT}. An IPv6 address stands in brackets.
 *
 * @param text as it was given
 * @param uri as gRPC's name resolvers understand it
 */
public record Target(String text, String uri) {
  /** Where a server listens unless told otherwise. */
  public static final int DEFAULT_PORT = 50051;

  private static final String DNS = "dns:///";
  private static final String XDS = "xds:///";
  private static final Pattern LOCAL = Pattern.compile("(?i:localhost)|127(\\.\\d+){3}|::1");

  /**
   * The target of a text.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Target parse(String text) {
    if (text.startsWith(DNS)) {
      return dns(text);
    }
    if (text.startsWith(XDS)) {
      return xds(text);
    }
    if (text.contains("://")) {
      throw new IllegalArgumentException(
          "\"%s\" is no target; give host:port[,host:port...], dns:///name:port or xds:///name"
              .formatted(text));
    }
    String path =
        Arrays.stream(text.split(",", -1))
            .map(address -> HostPort.parse(address).toString())
            .collect(Collectors.joining(",", "/", ""));
    return new Target(text, list(path, Optional.empty()));
  }

  private static Target dns(String text) {
    String name = text.substring(DNS.length());
    if (name.contains(",")) {
      throw new IllegalArgumentException(
          "\"%s\": dns:/// is of one name, which stands for all replicas; a list is host:port,host:port"
              .formatted(text));
    }
    return new Target(text, DNS + HostPort.parse(name));
  }

  private static Target xds(String text) {
    String name = text.substring(XDS.length());
    if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("\"%s\" is not of the form xds:///name".formatted(text));
    }
    return new Target(text, text);
  }

  /**
   * Each replica alone: those of a list, and the addresses that a {@code dns:///} name has now,
   * under that name, which certificates are for. What only a control plane knows stays one.
   *
   * @return one at least
   * @throws UnknownHostException if nobody knows the name
   */
  public List<Target> each() throws UnknownHostException {
    if (isXds()) {
      return List.of(this);
    }
    if (text.startsWith(DNS)) {
      HostPort name = name();
      return Arrays.stream(InetAddress.getAllByName(name.host()))
          .map(address -> new HostPort(address.getHostAddress(), name.port()))
          .map(
              address ->
                  new Target(address.toString(), list("/" + address, Optional.of(name.toString()))))
          .toList();
    }
    return Arrays.stream(text.split(",", -1)).map(Target::parse).toList();
  }

  /** The name that stands for all replicas, of a target that has one. */
  HostPort name() {
    return HostPort.parse(text.substring(DNS.length()));
  }

  private static String list(String path, Optional<String> name) {
    try {
      return new URI(ReplicaListProvider.SCHEME, "", path, name.orElse(null), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Whether a control plane tells where the replicas are. */
  boolean isXds() {
    return text.startsWith(XDS);
  }

  /** Whether all replicas are on this machine, as far as their names tell. */
  public boolean isLocal() {
    if (isXds()) {
      return false;
    }
    String addresses = text.startsWith(DNS) ? text.substring(DNS.length()) : text;
    return Arrays.stream(addresses.split(",", -1))
        .map(address -> HostPort.parse(address).host())
        .allMatch(LOCAL.asMatchPredicate());
  }

  @Override
  public String toString() {
    return text;
  }
}
