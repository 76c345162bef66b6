package dev.ppe.nas.cli;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ConnectionSecurity.Identity;
import dev.ppe.client.ConnectionSecurity.Tls;
import dev.ppe.client.Target;
import dev.ppe.client.cli.Durations;
import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.study.BackendSource;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.vizier.VizierBackend;
import dev.ppe.nas.vizier.VizierServer;
import dev.ppe.nas.vizier.VizierSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/** Where the Vizier server is, and how it is spoken to. */
final class VizierOptions {
  /** Held, or the level is forgotten with the logger. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private static final int IDENTITY_DIGITS = 8;

  @Option(
      names = "--vizier",
      paramLabel = "HOST:PORT",
      description = "The OSS Vizier server of --backend vizier.")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--vizier-deadline",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up on suggestions after so long. Default: 10m.")
  private Optional<Duration> deadline = Optional.empty();

  @Option(
      names = "--vizier-tls",
      description = "Encrypt, and trust the authorities that Java trusts. Default: plaintext.")
  private boolean tls;

  @Option(
      names = "--vizier-tls-ca",
      paramLabel = "FILE",
      description = "Encrypt, and trust the PEM certificates in this file instead.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--vizier-tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate to show to a server that wants one.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--vizier-tls-key",
      paramLabel = "FILE",
      description = "PEM private key of that certificate.")
  private Optional<Path> key = Optional.empty();

  /**
   * Who makes the back-end of studies with one of this name.
   *
   * @throws UsageException if it needs a server and none is given, or the other way about
   */
  BackendSource source(BackendFactory backend) {
    if (!backend.isRemote()) {
      requireNone(backend);
      return BackendSource.LOCAL;
    }
    Target target = target();
    ConnectionSecurity security = security();
    return (study, identity) -> open(target, security, study, identity);
  }

  private VizierBackend open(
      Target target, ConnectionSecurity security, Study study, String identity) {
    VizierSettings settings = VizierSettings.of(study.definition().settings());
    GRPC_LOG.setLevel(Level.OFF); // what it would say beside the failures that are told
    return new VizierBackend(
        VizierServer.at(target, security, deadline.orElse(Duration.ofMinutes(10))),
        settings,
        new VizierBackend.Identity(
            "%s-%s"
                .formatted(
                    study.space().name(),
                    identity.substring(0, Math.min(IDENTITY_DIGITS, identity.length()))),
            "ppe-" + identity),
        study.space().space(),
        study.objective());
  }

  private void requireNone(BackendFactory backend) {
    if (server.isPresent()
        || deadline.isPresent()
        || tls
        || authorities.isPresent()
        || certificate.isPresent()
        || key.isPresent()) {
      throw new UsageException(
          "--vizier and its options are for --backend vizier, and the back-end is "
              + backend.word());
    }
  }

  private Target target() {
    String address =
        server.orElseThrow(
            () ->
                new UsageException(
                    "vizier suggests points on a server, and none is given: --vizier HOST:PORT"));
    try {
      Target target = Target.parse(address);
      if (!address.matches("[^,]*:\\d+")) {
        throw new UsageException("--vizier is \"%s\", must be HOST:PORT".formatted(address));
      }
      return target;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--vizier: " + e.getMessage());
    }
  }

  private ConnectionSecurity security() {
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("--vizier-tls-cert and --vizier-tls-key belong together");
    }
    Optional<Identity> identity = certificate.map(file -> new Identity(file, key.orElseThrow()));
    return new ConnectionSecurity(
        tls || authorities.isPresent() || identity.isPresent()
            ? Optional.of(new Tls(authorities, identity))
            : Optional.empty(),
        Optional.empty());
  }
}
