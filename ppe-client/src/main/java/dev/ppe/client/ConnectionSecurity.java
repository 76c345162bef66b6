package dev.ppe.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How replicas are spoken to.
 *
 * @param tls encryption; none for plaintext
 * @param token what the replicas know this client by
 */
public record ConnectionSecurity(Optional<Tls> tls, Optional<String> token) {
  /** Unencrypted, as somebody whom nobody knows. */
  public static final ConnectionSecurity PLAINTEXT =
      new ConnectionSecurity(Optional.empty(), Optional.empty());

  /**
   * Encryption. All files are PEM.
   *
   * @param authorities certificates of the authorities whose servers are trusted; those that Java
   *     trusts if empty
   * @param identity this client's certificate and key, where the server wants one
   */
  public record Tls(Optional<Path> authorities, Optional<Identity> identity) {}

  /**
   * A certificate and its key.
   *
   * @param certificate with those between it and its authority
   * @param key in PKCS #8, without password
   */
  public record Identity(Path certificate, Path key) {}
}
