package dev.ppe.server.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The clients that a file names, by tokens or certificates. Their file can be replaced while the
 * server runs; whoever keeps the same quota keeps what is left of it.
 */
public final class KnownClients {
  private final LongSupplier clock;
  private final WatchedFiles file;
  private volatile Edition edition = new Edition(0, List.of());

  /** The file's content, by how often it has changed. */
  private record Edition(int number, List<Known> clients) {}

  /**
   * The clients of a file.
   *
   * @param clock nanoseconds, as of {@link System#nanoTime}
   * @throws IllegalArgumentException if it cannot be read or understood
   */
  public KnownClients(Path path, LongSupplier clock) {
    this.clock = clock;
    this.file =
        WatchedFiles.load("clients", List.of(path), contents -> use(path, contents.getFirst()));
  }

  /** The file to look at now and then. */
  public WatchedFiles file() {
    return file;
  }

  /** A client, and its quota if it has one. */
  record Known(Client client, Optional<Quota> quota) {
    String name() {
      return client.name();
    }
  }

  /** Another number when the file has changed. */
  int edition() {
    return edition.number();
  }

  /**
   * The client that has a token. Every hash is compared, in a time that does not depend on how much
   * of it is right.
   */
  Optional<Known> find(String token) {
    byte[] hash = sha256(token);
    Optional<Known> found = Optional.empty();
    for (Known known : edition.clients()) {
      for (byte[] tokenHash : known.client().tokenHashes()) {
        if (MessageDigest.isEqual(tokenHash, hash)) {
          found = Optional.of(known);
        }
      }
    }
    return found;
  }

  /** The client whose certificates have a common name. */
  Optional<Known> ofCertificate(String commonName) {
    return edition.clients().stream()
        .filter(known -> known.client().certificateNames().contains(commonName))
        .findFirst();
  }

  private void use(Path path, byte[] content) {
    Edition former = edition;
    try {
      edition =
          new Edition(
              former.number() + 1,
              ClientsFile.parse(content).stream()
                  .map(client -> new Known(client, quota(client, former.clients())))
                  .toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  private Optional<Quota> quota(Client client, List<Known> former) {
    for (Known known : former) {
      if (known.client().name().equals(client.name())
          && known.client().rate().equals(client.rate())) {
        return known.quota();
      }
    }
    return client.rate().map(rate -> new Quota(client.name(), rate, clock));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no SHA-256", e);
    }
  }
}
