package dev.ppe.server.cli;

import dev.ppe.server.PpeServer;
import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import dev.ppe.server.config.AdminSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ppe serve}: runs a server until the process is told to end, then lets it finish its calls.
 *
 * <p>Exit codes: 0 after SIGTERM or SIGINT with every open call answered, 1 if it could not listen
 * or some call was cut off, 2 for options or a file that cannot be understood.
 */
@Command(
    name = "serve",
    description = "Answers estimates over gRPC until it is told to end.",
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with the fields of docs/operations.md; variables PPE_SERVER_... go before it, and"
              + " options before those.")
  private Optional<Path> file = Optional.empty();

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "ERROR, WARN, INFO, or DEBUG with a line for each request. Default: $PPE_LOG_LEVEL, INFO"
              + " without it.")
  private Optional<Logging.Level> logLevel = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config;
    try {
      config = ServerConfigReader.read(file, System.getenv(), options.given());
    } catch (IllegalArgumentException e) {
      return fail(USAGE, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return fail(USAGE, "there is no file " + e.getMessage());
    } catch (IOException e) {
      return fail(USAGE, "cannot read %s: %s".formatted(file.orElseThrow(), e.getMessage()));
    }
    Logging.start(logLevel, config.operations().log().format());
    return serve(config);
  }

  private int serve(ServerConfig config) throws InterruptedException {
    PpeServer server;
    try {
      server = PpeServer.start(config);
    } catch (IllegalArgumentException e) {
      return fail(USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return fail(FAILED, cannotListen(config, e));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "shutdown"));
    server.awaitReady();
    say(
        "listening on %s, pid %d, %d workers"
            .formatted(
                address(config.host(), server.address().getPort()),
                ProcessHandle.current().pid(),
                config.workers()));
    server
        .adminAddress()
        .ifPresent(
            address ->
                say(
                    "admin page on http://%s/"
                        .formatted(address(address.getHostString(), address.getPort()))));
    server.awaitTermination();
    return 0;
  }

  /**
   * A process that ends by a signal would have the signal's exit code, 143 or 130, whatever the
   * hook does: halting with a code of its own is the one way to say how it went.
   */
  private void end(PpeServer server) {
    int code = FAILED;
    try {
      code = server.shutdown() ? 0 : FAILED;
    } catch (Throwable e) { // halting must not hide it
      say("cannot end in order: " + e);
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  /** Netty wraps the reason, the JDK's server does not. */
  private static String cannotListen(ServerConfig config, IOException e) {
    AdminSettings admin = config.operations().admin();
    Throwable cause = e.getCause();
    return cause == null
        ? "cannot listen on %s for the admin page: %s"
            .formatted(address(admin.host(), admin.port()), e.getMessage())
        : "cannot listen on %s: %s"
            .formatted(address(config.host(), config.port()), cause.getMessage());
  }

  private static String address(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private int fail(int code, String message) {
    say(message);
    return code;
  }

  private void say(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("ppe serve: " + message);
    err.flush();
  }
}
