package dev.ppe.distribution.failures;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code ppe serve} of the distribution, as a process that keeps its port over restarts, with one
 * worker, and the memory and the processor of a small container.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern ADMIN =
      Pattern.compile("admin page on http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern WARNING = Pattern.compile("^\\S+ (WARN|ERROR) ");
  private static final int LOG_LINES = 200;
  private static final String JVM =
      "-Xms512m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:ActiveProcessorCount=1";

  private final Path distribution;
  private final Configuration configuration;
  private final List<String> prefix;
  private final List<String> options;
  private final ConcurrentLinkedDeque<String> log = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<String> warnings = new ConcurrentLinkedDeque<>();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private Process process;
  private volatile int port;
  private volatile int adminPort;

  /**
   * Starts one and waits until it is ready.
   *
   * @param configuration its file, and variables that go before that
   * @param prefix a command before the server's, such as {@code taskset -c 0}
   * @param options more of the server's options
   */
  ServerProcess(
      Path distribution, Configuration configuration, List<String> prefix, List<String> options)
      throws IOException, InterruptedException {
    this.distribution = distribution;
    this.configuration = configuration;
    this.prefix = prefix;
    this.options = options;
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // if the suite is broken off
  }

  /** One that keeps few answers and layers, so that they are full before anything is measured. */
  static ServerProcess start(Path distribution, Configuration configuration)
      throws IOException, InterruptedException {
    return new ServerProcess(
        distribution,
        configuration,
        List.of(),
        List.of("--workers", "1", "--cache-bytes", "1000000", "--memo-bytes", "200000"));
  }

  /** Starts it again, on the port that it had. */
  void start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(distribution.resolve("bin/ppe").toString());
    command.addAll(List.of("serve", "--port", "" + port, "--admin-port", "" + adminPort));
    command.addAll(List.of("--warm-up-seconds", "2", "--drain-seconds", "1"));
    command.addAll(List.of("--config", configuration.settings().file().toString()));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(configuration.timeouts().environment());
    builder.environment().put("PPE_JAVA_OPTS", JVM);
    process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofPlatform().daemon().name("log-of-" + process.pid()).start(this::readLog);
    await("ready", this::isReady);
  }

  private void readLog() {
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port = Integer.parseInt(listening.group(1));
        }
        Matcher admin = ADMIN.matcher(line);
        if (admin.find()) {
          adminPort = Integer.parseInt(admin.group(1));
        }
        log.add(line);
        if (WARNING.matcher(line).find() && warned.add(line.substring(line.indexOf(' ')))) {
          warnings.add(line);
        }
        while (log.size() > LOG_LINES) {
          log.poll();
        }
      }
    } catch (IOException e) {
      log.add("the log ended: " + e.getMessage());
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "localhost:" + port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> log() {
    return List.copyOf(log);
  }

  /** What it warned of since this was last asked, each kind of line once. */
  List<String> warnings() {
    List<String> taken = new ArrayList<>();
    for (String line = warnings.poll(); line != null; line = warnings.poll()) {
      taken.add(line);
    }
    return taken;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("server %d does not end".formatted(pid()));
    }
    return process.exitValue();
  }

  boolean isReady() {
    return port != 0 && running().isReady();
  }

  /** As others see it, until it starts again. */
  RunningServer running() {
    return new RunningServer(process.pid(), port, adminPort, configuration);
  }

  double metric(String name, String label) throws IOException, InterruptedException {
    return running().metric(name, label);
  }

  double metric(String name) throws IOException, InterruptedException {
    return running().metric(name);
  }

  long heapAfterCollection() throws IOException, InterruptedException {
    return running().heapAfterCollection();
  }

  /**
   * Waits for something about this server.
   *
   * @throws IllegalStateException with the end of its log, if it does not come about or the server
   *     ends before
   */
  void await(String what, RunningServer.Condition condition)
      throws IOException, InterruptedException {
    try {
      running().await(what, condition);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s; its log ends: %s"
              .formatted(
                  e.getMessage(),
                  String.join(" | ", log().stream().skip(Math.max(0, log.size() - 5)).toList())),
          e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
