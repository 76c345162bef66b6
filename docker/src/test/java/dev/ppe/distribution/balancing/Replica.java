package dev.ppe.distribution.balancing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, on free ports of the loopback interface. */
final class Replica implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile(".*listening on 127\\.0\\.0\\.1:(\\d+),.*");
  private static final Pattern ADMIN =
      Pattern.compile(".*admin page on http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern ANSWERED =
      Pattern.compile(
          "ppe_request_seconds_count\\{code=\"OK\",[^}]*method=\"Estimate\"[^}]*} ([0-9.E+]+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final List<String> log = new ArrayList<>();
  private final int port;
  private final int adminPort;

  private Replica(Process process) throws IOException {
    this.process = process;
    BufferedReader lines = process.errorReader();
    this.port = port(lines, LISTENING);
    this.adminPort = port(lines, ADMIN);
    Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {})); // or the process would wait
  }

  static Replica start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.ppe.client.cli.Main", "serve", "--port", "0", "--admin-port", "0"));
    command.addAll(List.of("--warm-up-seconds", "0", "--drain-seconds", "3", "--workers", "1"));
    try {
      return new Replica(new ProcessBuilder(command).directory(new File(".")).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port(BufferedReader lines, Pattern pattern) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("the server did not start: " + log);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  int adminPort() {
    return adminPort;
  }

  /** How many estimates its metrics count. */
  long answered() {
    URI metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    try {
      String page =
          HTTP.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return ANSWERED
          .matcher(page)
          .results()
          .mapToLong(match -> (long) Double.parseDouble(match.group(1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As a power cut would end it. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** As an operator ends it; returns the exit code. */
  int end() {
    process.toHandle().destroy();
    return await();
  }

  private int await() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the server does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
