package dev.ppe.server.security;

import dev.ppe.server.config.TlsSettings;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encryption with a certificate that can be replaced while the server runs: connections that are
 * open keep the old one, new ones get the new one. The same holds for the authorities whose clients
 * are let in.
 */
public final class ServerTls {
  private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
  private final Optional<ClientTrust> clients;
  private final List<WatchedFiles> files = new ArrayList<>();
  private volatile Instant expiry = Instant.MAX;

  /**
   * The encryption that {@code settings} describe.
   *
   * @throws IllegalArgumentException if a file cannot be read or holds something else
   */
  public ServerTls(TlsSettings settings) {
    Path certificate = Path.of(settings.certificate());
    Path key = Path.of(settings.key());
    files.add(
        WatchedFiles.load(
            "certificate and key",
            List.of(certificate, key),
            contents -> use(certificate, key, contents)));
    clients = settings.clientAuthoritiesFile().map(this::authorities);
  }

  /** What gRPC asks for. */
  public ServerCredentials credentials() {
    TlsServerCredentials.Builder builder = TlsServerCredentials.newBuilder().keyManager(identity);
    clients.ifPresent(manager -> builder.trustManager(manager).clientAuth(ClientAuth.REQUIRE));
    return builder.build();
  }

  /** The files to look at now and then. */
  public List<WatchedFiles> files() {
    return List.copyOf(files);
  }

  /** When the first certificate of those that the server shows ends. */
  public Instant expiry() {
    return expiry;
  }

  private void use(Path certificateFile, Path keyFile, List<byte[]> contents) {
    List<X509Certificate> chain = Pem.certificates(certificateFile.toString(), contents.get(0));
    PublicKey publicKey = chain.getFirst().getPublicKey();
    PrivateKey key = Pem.privateKey(keyFile.toString(), contents.get(1), publicKey.getAlgorithm());
    if (!belongTogether(publicKey, key)) {
      throw new IllegalArgumentException(
          "%s: is not the key of the first certificate in %s".formatted(keyFile, certificateFile));
    }
    identity.updateIdentityCredentials(chain.toArray(X509Certificate[]::new), key);
    expiry =
        chain.stream()
            .map(one -> one.getNotAfter().toInstant())
            .min(Instant::compareTo)
            .orElseThrow();
  }

  /** Signs something with the one and checks it with the other. */
  private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (publicKey.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> publicKey.getAlgorithm(); // Ed25519 and its kind
              });
      byte[] probe = {1, 2, 3};
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private ClientTrust authorities(Path file) {
    ClientTrust trust = new ClientTrust();
    files.add(
        WatchedFiles.load(
            "client authorities", List.of(file), contents -> trust(trust, file, contents)));
    return trust;
  }

  private static void trust(ClientTrust trust, Path file, List<byte[]> contents) {
    List<X509Certificate> authorities = Pem.certificates(file.toString(), contents.getFirst());
    try {
      trust.trust(authorities);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
