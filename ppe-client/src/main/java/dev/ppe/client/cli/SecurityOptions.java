package dev.ppe.client.cli;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ConnectionSecurity.Identity;
import dev.ppe.client.ConnectionSecurity.Tls;
import dev.ppe.client.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How servers are spoken to, and as whom. */
final class SecurityOptions {
  private static final String TOKEN_VARIABLE = "PPE_TOKEN";
  private static final int MAX_TOKEN_BYTES = 4096;

  /** What RFC 6750 lets a token be made of. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  @Option(names = "--tls", description = "Encrypt, and trust the authorities that Java trusts.")
  private boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Encrypt, and trust the PEM certificates in this file instead.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate to show to servers that want one.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM private key of that certificate.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token that servers know you by. Default: the variable PPE_TOKEN.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--insecure-token",
      description = "Send the token unencrypted, to other machines too.")
  private boolean insecureToken;

  /**
   * What was asked for.
   *
   * @param environment where the token may be
   * @throws UsageException if that does not fit together or a file is of no use
   */
  ConnectionSecurity forTarget(Target target, Map<String, String> environment) {
    Optional<Identity> identity = identity();
    boolean encrypted = tls || authorities.isPresent() || identity.isPresent();
    Optional<String> token = token(environment);
    if (token.isPresent() && !encrypted && !insecureToken && !target.isLocal()) {
      throw new UsageException(
          "a token is not sent unencrypted to other machines: give --tls or --tls-ca (or"
              + " --insecure-token)");
    }
    return new ConnectionSecurity(
        encrypted ? Optional.of(new Tls(authorities, identity)) : Optional.empty(), token);
  }

  /** Without servers there is nothing to secure: says so rather than seem to do it. */
  void requireNone() {
    if (tls || authorities.isPresent() || certificate.isPresent() || key.isPresent()) {
      throw new UsageException("--tls, --tls-ca, --tls-cert and --tls-key need --target");
    }
    if (tokenFile.isPresent() || insecureToken) {
      throw new UsageException("--token-file and --insecure-token need --target");
    }
  }

  private Optional<Identity> identity() {
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("--tls-cert and --tls-key belong together");
    }
    return certificate.map(file -> new Identity(file, key.orElseThrow()));
  }

  private Optional<String> token(Map<String, String> environment) {
    if (tokenFile.isPresent()) {
      String file = tokenFile.get().toString();
      return Optional.of(checked("--token-file " + file, read(file)));
    }
    return Optional.ofNullable(environment.get(TOKEN_VARIABLE))
        .filter(token -> !token.isBlank())
        .map(token -> checked(TOKEN_VARIABLE, token));
  }

  private static String read(String file) {
    try {
      return new String(BoundedFile.read(file, MAX_TOKEN_BYTES), StandardCharsets.UTF_8);
    } catch (UnreadableException e) {
      throw new UsageException("--token-file %s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Never quotes what it refuses: it may be a token after all. */
  private static String checked(String source, String text) {
    String token = text.strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new UsageException(
          source + ": is no token, which has letters, digits and . _ ~ + / - alone, on one line");
    }
    return token;
  }
}
