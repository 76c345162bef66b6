package dev.ppe.server.cli;

import dev.ppe.server.ServerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that stand for fields of {@link ServerConfig}, under the fields' names. */
final class ServerOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port; 0 takes any that is free. Default: 50051.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Name or address to listen on. Default: 127.0.0.1, this machine only. Others need"
              + " --tls-cert and --tls-key, or --plaintext.")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that simulate. Default: one for each core.")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--queue-capacity",
      paramLabel = "N",
      description = "Requests that may wait; more are refused. Default: 256.")
  private Optional<Integer> queueCapacity = Optional.empty();

  @Option(
      names = "--max-pending-bytes",
      paramLabel = "BYTES",
      description = "Most memory that requests take at a time. Default: a quarter of the heap.")
  private Optional<Long> maxPendingBytes = Optional.empty();

  @Option(
      names = "--max-message-bytes",
      paramLabel = "BYTES",
      description = "Most bytes of one message. Default: 65 MiB.")
  private Optional<Integer> maxMessageBytes = Optional.empty();

  @Option(
      names = "--max-model-bytes",
      paramLabel = "BYTES",
      description = "Most bytes of one model. Default: 64 MiB.")
  private Optional<Integer> maxModelBytes = Optional.empty();

  @Option(
      names = "--max-nodes",
      paramLabel = "N",
      description = "Most nodes of one network. Default: 50000.")
  private Optional<Integer> maxNodes = Optional.empty();

  @Option(
      names = "--max-tensors",
      paramLabel = "N",
      description = "Most tensors of one network. Default: 200000.")
  private Optional<Integer> maxTensors = Optional.empty();

  @Option(
      names = "--max-tensor-bytes",
      paramLabel = "BYTES",
      description = "Most bytes of one tensor. Default: 4 GiB.")
  private Optional<Long> maxTensorBytes = Optional.empty();

  @Option(
      names = "--reflection",
      negatable = true,
      description = "Whether clients can ask for the service's description. Default: yes.")
  private Optional<Boolean> reflection = Optional.empty();

  @Option(
      names = "--shutdown-grace-seconds",
      paramLabel = "S",
      description = "How long running calls may take to finish at the end. Default: 30.")
  private Optional<Integer> shutdownGraceSeconds = Optional.empty();

  @Option(
      names = "--max-wait-millis",
      paramLabel = "MS",
      description = "How long a request may have to wait for a worker. Default: 1000.")
  private Optional<Integer> maxWaitMillis = Optional.empty();

  @Option(
      names = "--max-standing-wait-millis",
      paramLabel = "MS",
      description =
          "The same for a client whose requests nearly all find others of it waiting. Default: as"
              + " --max-wait-millis.")
  private Optional<Integer> maxStandingWaitMillis = Optional.empty();

  @Option(
      names = "--cache-bytes",
      paramLabel = "BYTES",
      description = "Memory for answers; 0 keeps none. Default: an eighth of the heap.")
  private Optional<Long> cacheBytes = Optional.empty();

  @Option(
      names = "--memo-bytes",
      paramLabel = "BYTES",
      description =
          "Memory for how layers are cut over the PEs; 0 keeps nothing."
              + " Default: a thirty-second of the heap, 64 MiB at the most.")
  private Optional<Long> memoBytes = Optional.empty();

  @Option(
      names = "--redis-url",
      paramLabel = "URL",
      description =
          "A Redis that replicas share answers in: redis://127.0.0.1:6379. Default: none.")
  private Optional<String> redisUrl = Optional.empty();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate (and those between it and its authority) to encrypt with.")
  private Optional<String> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM private key of the certificate.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "PEM certificates: only clients with a certificate of one of them are let in.")
  private Optional<String> clientAuthorities = Optional.empty();

  @Option(
      names = "--plaintext",
      negatable = true,
      description = "Whether an address that other machines reach may be unencrypted. Default: no.")
  private Optional<Boolean> plaintext = Optional.empty();

  @Option(
      names = "--clients",
      paramLabel = "FILE",
      description = "YAML with clients, the hashes of their tokens, and quotas. Default: anybody.")
  private Optional<String> clientsFile = Optional.empty();

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Serve pages for operators on 127.0.0.1; 0 takes any free port. Default: none.")
  private Optional<Integer> adminPort = Optional.empty();

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "S",
      description = "Longest time of warming up before it is ready. Default: 10.")
  private Optional<Integer> warmUpSeconds = Optional.empty();

  @Option(
      names = "--drain-seconds",
      paramLabel = "S",
      description = "How long calls are taken after it says that it ends. Default: 1.")
  private Optional<Integer> drainSeconds = Optional.empty();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "text or json. Default: text.")
  private Optional<String> logFormat = Optional.empty();

  /** What was given, by the name of its field. */
  Map<String, Object> given() {
    Map<String, Optional<?>> options = new LinkedHashMap<>();
    options.put("port", port);
    options.put("host", host);
    options.put("workers", workers);
    options.put("queueCapacity", queueCapacity);
    options.put("maxPendingBytes", maxPendingBytes);
    options.put("maxMessageBytes", maxMessageBytes);
    options.put("maxModelBytes", maxModelBytes);
    options.put("maxNodes", maxNodes);
    options.put("maxTensors", maxTensors);
    options.put("maxTensorBytes", maxTensorBytes);
    options.put("reflection", reflection);
    options.put("shutdownGraceSeconds", shutdownGraceSeconds);
    options.put("maxWaitMillis", maxWaitMillis);
    options.put("maxStandingWaitMillis", maxStandingWaitMillis);
    options.put("cacheBytes", cacheBytes);
    options.put("memoBytes", memoBytes);
    options.put("redisUrl", redisUrl);
    options.put("tls.certificate", certificate);
    options.put("tls.key", key);
    options.put("tls.clientAuthorities", clientAuthorities);
    options.put("plaintext", plaintext);
    options.put("clientsFile", clientsFile);
    options.put("admin.enabled", adminPort.map(port -> true));
    options.put("admin.port", adminPort);
    options.put("warmUpSeconds", warmUpSeconds);
    options.put("drainSeconds", drainSeconds);
    options.put("log.format", logFormat);
    Map<String, Object> given = new LinkedHashMap<>();
    options.forEach((field, value) -> value.ifPresent(set -> given.put(field, set)));
    return given;
  }
}
