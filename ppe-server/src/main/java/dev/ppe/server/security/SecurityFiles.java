package dev.ppe.server.security;

import dev.ppe.server.config.SecuritySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server is given in files, and takes in anew when they change.
 *
 * @param tls certificates and their key, if connections are encrypted
 * @param clients who may call, if that is limited
 * @param pause between two looks at them
 */
public record SecurityFiles(
    Optional<ServerTls> tls, Optional<KnownClients> clients, Duration pause) {
  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one cannot be read, or is not what it should be
   */
  public static SecurityFiles of(SecuritySettings settings) {
    return new SecurityFiles(
        settings.tls().enabled() ? Optional.of(new ServerTls(settings.tls())) : Optional.empty(),
        settings.clients().map(file -> new KnownClients(file, System::nanoTime)),
        Duration.ofSeconds(settings.reloadSeconds()));
  }

  /** Begins to look at them. */
  public FileWatcher watch() {
    List<WatchedFiles> files = new ArrayList<>();
    tls.ifPresent(encryption -> files.addAll(encryption.files()));
    clients.ifPresent(known -> files.add(known.file()));
    return new FileWatcher(files, pause);
  }
}
