package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.ConnectionOptions;
import dev.ppe.client.cli.CtrlC;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.nas.live.StudyPages;
import dev.ppe.nas.live.StudyServer;
import dev.ppe.nas.report.Details;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas serve-report}: a study as a page that follows its search. */
@Command(
    name = "serve-report",
    description = {
      "The page of ppe nas report for the browsers of this machine: it follows a search that goes",
      "on, and evaluates any network that is opened. Ctrl-C ends it; the search goes on."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas serve-report v2.db",
      "  ppe nas serve-report v2.db --port 9000 --target host-a,host-b"
    })
final class ServeReportCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY", description = "The study; it may be searched meanwhile.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private Path file;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen; 0 is any that is free. Default: 8091.")
  private int port = 8091;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = {
        "An address of this machine. Others than loopback ones let everybody who reaches them read",
        "the study: there is no password. Default: 127.0.0.1."
      })
  private String host = "127.0.0.1";

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    if (port < 0 || port > 65_535) {
      throw new UsageException("--port is %d, must be 0 to 65535".formatted(port));
    }
    Failures failures = Failures.of(spec);
    CountDownLatch end = new CountDownLatch(1);
    CtrlC ctrlC = CtrlC.calls(end::countDown, PATIENCE);
    try (ctrlC;
        PpeClient client = connection.open(failures::remark)) {
      StudyPages pages =
          new StudyPages(file, new Details(client::estimate), e -> failures.model("a page", e));
      SearchRun.told(pages::study); // what is wrong with the file is said at once
      try (StudyServer server = start(pages)) {
        tell(server, failures);
        end.await();
      }
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.OK;
    }
  }

  private StudyServer start(StudyPages pages) {
    try {
      return StudyServer.start(host, port, pages);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--host: " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableException(
          "cannot listen on %s, port %d: %s; --port 0 takes any that is free"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private void tell(StudyServer server, Failures failures) {
    InetAddress address = server.address().getAddress();
    if (!address.isLoopbackAddress()) {
      failures.remark("the study is open to whoever reaches this machine");
    }
    String shown = address.isAnyLocalAddress() || address.isLoopbackAddress() ? "localhost" : host;
    spec.commandLine()
        .getOut()
        .printf(
            "http://%s:%d/%n",
            shown.contains(":") ? "[" + shown + "]" : shown, server.address().getPort());
    spec.commandLine().getOut().flush();
    failures.remark("follows %s until Ctrl-C".formatted(file));
  }
}
