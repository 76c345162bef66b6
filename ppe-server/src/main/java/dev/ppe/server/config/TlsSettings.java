package dev.ppe.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Encryption. All files are PEM; an empty name is none.
 *
 * @param certificate the server's certificate and those between it and its authority
 * @param key the certificate's private key, in PKCS #8
 * @param clientAuthorities certificates of the authorities whose clients are let in; where given,
 *     every client must show a certificate of one of them
 */
public record TlsSettings(String certificate, String key, String clientAuthorities) {
  public static final TlsSettings NONE = new TlsSettings("", "", "");

  public TlsSettings {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new IllegalArgumentException(
          certificate.isEmpty()
              ? "tls.key is given without tls.certificate"
              : "tls.certificate is given without tls.key");
    }
    if (!clientAuthorities.isEmpty() && certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "tls.clientAuthorities is given without tls.certificate and tls.key");
    }
  }

  /** Whether connections are encrypted. */
  public boolean enabled() {
    return !certificate.isEmpty();
  }

  /** Whether clients must show certificates, and whose. */
  public Optional<Path> clientAuthoritiesFile() {
    return clientAuthorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(clientAuthorities));
  }
}
