package dev.ppe.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.server.config.ConfigTree;
import dev.ppe.server.config.Environment;
import dev.ppe.server.config.OperationFields;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.hardware.YamlObject;
import dev.ppe.wire.ServiceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration as a mapping of fields: the defaults, over them the file, over that the
 * environment, over that the command line.
 */
public final class ServerConfigReader {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ServerConfigReader() {}

  /** The same without an environment. */
  public static ServerConfig read(Optional<Path> file, Map<String, Object> given)
      throws IOException {
    return read(file, Map.of(), given);
  }

  /**
   * The configuration of a file, of environment variables that go before the file's fields, and of
   * fields that go before both.
   *
   * @param file a YAML mapping; it may be empty
   * @param environment variables by name; those of other programs may be among them
   * @param given fields by their path, such as {@code tls.key}, each a whole number, text or
   *     boolean
   * @throws IllegalArgumentException naming the field and the values it may take
   * @throws IOException if the file cannot be read
   */
  public static ServerConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, Object> given)
      throws IOException {
    ConfigTree tree = ConfigTree.of(fields(ServerConfig.DEFAULT));
    if (file.isPresent()) {
      ObjectNode fields = parse(file.get());
      try {
        tree.overlay(fields);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file.get() + ": " + e.getMessage(), e);
      }
    }
    Environment.overlay(environment, tree);
    given.forEach((name, value) -> tree.set(name, YAML.valueToTree(value)));
    YamlObject yaml = YamlObject.root(tree.fields());
    ServerConfig config = decode(yaml);
    yaml.requireAllRead();
    return config;
  }

  private static ObjectNode parse(Path file) throws IOException {
    JsonNode node;
    try {
      node = YAML.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s, line %d: %s"
              .formatted(file, e.getLocation().getLineNr(), firstLine(e.getOriginalMessage())),
          e);
    }
    if (node.isMissingNode() || node.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(node instanceof ObjectNode fields)) {
      throw new IllegalArgumentException(file + " must be a mapping of fields");
    }
    return fields;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not YAML");
  }

  /** The fields of a configuration, which read again give the same one. */
  public static ObjectNode fields(ServerConfig config) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields
        .put("port", config.port())
        .put("host", config.host())
        .put("maxMessageBytes", config.maxMessageBytes())
        .put("maxModelBytes", config.limits().maxModelBytes())
        .put("maxNodes", config.graph().maxNodes())
        .put("maxTensors", config.graph().maxTensors())
        .put("maxOperands", config.graph().maxOperands())
        .put("maxTensorBytes", config.graph().maxTensorBytes())
        .put("maxOperations", config.graph().maxOperations())
        .put("workers", config.workers())
        .put("queueCapacity", config.queueCapacity())
        .put("maxPendingBytes", config.maxPendingBytes())
        .put("reflection", config.reflection())
        .put("loadReports", config.loadReports())
        .put("shutdownGraceSeconds", config.shutdownGraceSeconds())
        .put("maxWaitMillis", config.maxWaitMillis())
        .put("maxStandingWaitMillis", config.maxStandingWaitMillis());
    encode(config.cache(), fields);
    OperationFields.encode(config.operations(), fields);
    return fields;
  }

  private static void encode(CacheConfig cache, ObjectNode fields) {
    Optional<RedisConfig> redis = cache.redis();
    fields
        .put("cacheBytes", cache.maxBytes())
        .put("memoBytes", cache.memoBytes())
        .put("redisUrl", redis.map(RedisConfig::url).orElse(""))
        .put(
            "redisTimeoutMillis",
            redis.map(RedisConfig::timeoutMillis).orElse(RedisConfig.DEFAULT_TIMEOUT_MILLIS))
        .put(
            "redisKeepSeconds",
            redis.map(RedisConfig::keepSeconds).orElse(RedisConfig.DEFAULT_KEEP_SECONDS));
  }

  private static ServerConfig decode(YamlObject yaml) {
    return new ServerConfig(
        yaml.number("port"),
        yaml.text("host"),
        yaml.number("maxMessageBytes"),
        new ServiceLimits(
            yaml.number("maxModelBytes"),
            new GraphLimits(
                yaml.number("maxNodes"),
                yaml.number("maxTensors"),
                yaml.number("maxOperands"),
                yaml.integer("maxTensorBytes"),
                yaml.integer("maxOperations"))),
        yaml.number("workers"),
        yaml.number("queueCapacity"),
        yaml.integer("maxPendingBytes"),
        yaml.flag("reflection"),
        yaml.flag("loadReports"),
        yaml.number("shutdownGraceSeconds"),
        yaml.number("maxWaitMillis"),
        yaml.number("maxStandingWaitMillis"),
        cache(yaml),
        OperationFields.decode(yaml));
  }

  private static CacheConfig cache(YamlObject yaml) {
    String url = yaml.text("redisUrl");
    RedisConfig redis = // checked even if there is none
        new RedisConfig(
            url.isEmpty() ? "redis://localhost" : url,
            yaml.number("redisTimeoutMillis"),
            yaml.number("redisKeepSeconds"));
    return new CacheConfig(
        yaml.integer("cacheBytes"),
        yaml.integer("memoBytes"),
        url.isEmpty() ? Optional.empty() : Optional.of(redis));
  }
}
