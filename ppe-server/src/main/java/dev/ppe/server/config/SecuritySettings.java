package dev.ppe.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may use the server and how.
 *
 * @param plaintext whether connections may be unencrypted on an address that other machines reach
 * @param tls encryption
 * @param clientsFile the clients' names, tokens and quotas; empty where anybody may call
 * @param reloadSeconds how often the files are looked at for changes, 1 or more
 */
public record SecuritySettings(
    boolean plaintext, TlsSettings tls, String clientsFile, int reloadSeconds) {
  /** Everybody on this machine, unencrypted. */
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(false, TlsSettings.NONE, "", 10);

  public SecuritySettings {
    Ranges.requireSeconds("reloadSeconds", reloadSeconds, 1);
    if (plaintext && tls.enabled()) {
      throw new IllegalArgumentException("plaintext is true, but tls.certificate is given too");
    }
  }

  /** The file of clients, where calls need a token. */
  public Optional<Path> clients() {
    return clientsFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(clientsFile));
  }
}
