package dev.ppe.server.security;

import io.grpc.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Quotas whose clock stands still, for tests. */
public final class Quotas {
  private Quotas() {}

  /** The context of a call of a client that has so many requests left. */
  public static Context of(int requests) throws IOException {
    Path file = Files.createTempFile("clients", ".yaml");
    try {
      Files.writeString(
          file,
          "search: {certificates: [search-a], requestsPerSecond: 1, burst: %d}"
              .formatted(requests));
      KnownClients clients = new KnownClients(file, () -> 0);
      Right right = new Right(clients, () -> clients.ofCertificate("search-a").orElseThrow());
      return Context.current().withValue(Right.KEY, right);
    } finally {
      Files.delete(file);
    }
  }
}
