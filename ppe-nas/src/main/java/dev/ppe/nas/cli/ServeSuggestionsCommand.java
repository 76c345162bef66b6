package dev.ppe.nas.cli;

import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.nas.katib.SuggestionServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe nas serve-suggestions}: the back-ends as a suggestion service of Katib. */
@Command(
    name = "serve-suggestions",
    description = {
      "Serves the back-ends to Katib as a suggestion service (gRPC api.v1.beta1.Suggestion),",
      "until it is told to end. It keeps nothing: every request holds all trials."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas serve-suggestions                                        for this machine",
      "  ppe nas serve-suggestions --host 0.0.0.0 --plaintext             in a pod of Katib"
    })
final class ServeSuggestionsCommand implements Callable<Integer> {
  /** Held, or the level is forgotten with the logger. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_PORT = 65_535;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port; 0 takes any that is free. Default: 6789, Katib's.")
  private int port = 6789;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Name or address to listen on. Default: 127.0.0.1, this machine only. Others need"
              + " --tls-cert and --tls-key, or --plaintext.")
  private String host = "127.0.0.1";

  @Option(
      names = "--plaintext",
      description = "Let other machines in without encryption, as Katib's controller asks.")
  private boolean plaintext;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate, with those between it and its authority.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM private key of that certificate.")
  private Optional<Path> key = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    InetSocketAddress address = address();
    ServerCredentials credentials = credentials(address);
    GRPC_LOG.setLevel(Level.OFF);
    try (SuggestionServer server = SuggestionServer.start(address, credentials)) {
      Thread end = new Thread(() -> end(server), "end-of-suggestions");
      Runtime.getRuntime().addShutdownHook(end);
      say(
          "listening on %s, pid %d"
              .formatted(
                  text(address.getHostString(), server.port()), ProcessHandle.current().pid()));
      server.awaitTermination();
      return ExitCode.OK;
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnreadableException(
          "cannot listen on %s: %s".formatted(text(host, port), cause.getMessage()), e);
    }
  }

  /** The exit code of a process that a signal ends is the signal's, unless it is halted. */
  private static void end(SuggestionServer server) {
    int code = ExitCode.SOFTWARE;
    try {
      code = server.shutdown(PATIENCE) ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }

  private InetSocketAddress address() {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException("--port is %d, must be 0 to %d".formatted(port, MOST_PORT));
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UsageException("--host: there is no address of \"%s\"".formatted(host));
    }
    return address;
  }

  private ServerCredentials credentials(InetSocketAddress address) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("--tls-cert and --tls-key belong together");
    }
    if (certificate.isPresent()) {
      if (plaintext) {
        throw new UsageException("--plaintext and --tls-cert exclude each other");
      }
      return tls(certificate.get(), key.orElseThrow());
    }
    if (!plaintext && !address.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "other machines reach %s: give --tls-cert and --tls-key, or --plaintext".formatted(host));
    }
    return InsecureServerCredentials.create();
  }

  private static ServerCredentials tls(Path certificate, Path key) {
    for (Path file : new Path[] {certificate, key}) {
      if (!Files.isReadable(file)) {
        throw new UsageException(file + ": no such file, or it may not be read");
      }
    }
    try {
      return TlsServerCredentials.create(certificate.toFile(), key.toFile());
    } catch (IOException e) {
      throw new UsageException("%s, %s: %s".formatted(certificate, key, e.getMessage()));
    }
  }

  private static String text(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private void say(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("ppe nas serve-suggestions: " + message);
    err.flush();
  }
}
