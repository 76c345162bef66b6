package dev.ppe.server.security;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.hardware.YamlObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the clients that may use a server:
 *
 * <pre>{@code
 * search-a:
 *   tokens: [9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]
 *   requestsPerSecond: 200
 *   burst: 400
 * search-b:
 *   certificates: [search-b.example.org]
 *   requestsPerSecond: 100
 * }</pre>
 *
 * A client shows one of its tokens, or a certificate of one of its common names. The tokens
 * themselves are not in the file, only their SHA-256 in hexadecimal digits. Without {@code
 * requestsPerSecond} a client has no quota; without {@code burst} it is one second's requests.
 */
final class ClientsFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int MAX_COMMON_NAME = 256;

  private ClientsFile() {}

  /**
   * The clients of a file's content.
   *
   * @throws IllegalArgumentException naming the client and the field. Never quotes a token.
   */
  static List<Client> parse(byte[] content) {
    JsonNode node;
    try {
      node = YAML.readTree(content);
    } catch (JsonProcessingException e) {
      // The parser's own message may quote the line, which somebody may have put a token into.
      throw new IllegalArgumentException(
          "line %d: is not YAML, or names something twice".formatted(e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("is not text", e);
    }
    if (!(node instanceof ObjectNode names) || names.isEmpty()) {
      throw new IllegalArgumentException(
          "must be a mapping from names to tokens, certificates and quotas");
    }
    YamlObject yaml = YamlObject.root(names);
    List<Client> clients = new ArrayList<>();
    for (String name : (Iterable<String>) names::fieldNames) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "client %d has a name that is not 1 to 64 letters, digits, dots, - and _"
                .formatted(clients.size() + 1));
      }
      JsonNode fields = names.get(name);
      clients.add(yaml.object(name, object -> client(name, fields, object)));
    }
    requireDistinct(clients);
    return List.copyOf(clients);
  }

  private static Client client(String name, JsonNode node, YamlObject fields) {
    List<byte[]> hashes = node.has("tokens") ? tokens(name, node, fields) : List.of();
    List<String> certificates = node.has("certificates") ? certificates(name, fields) : List.of();
    if (!node.has("tokens") && !node.has("certificates")) {
      throw new IllegalArgumentException(name + " must have tokens, certificates or both");
    }
    return new Client(name, hashes, certificates, rate(name, node, fields));
  }

  private static List<byte[]> tokens(String name, JsonNode node, YamlObject fields) {
    if (!node.path("tokens").isArray()) { // said here, because others would quote what stands there
      throw new IllegalArgumentException(name + ".tokens must be a list of SHA-256 hashes");
    }
    List<byte[]> hashes = new ArrayList<>();
    for (String hash : fields.texts("tokens")) {
      if (!HASH.matcher(hash).matches()) {
        throw new IllegalArgumentException(
            name + ".tokens must hold SHA-256 hashes, 64 hexadecimal digits each");
      }
      hashes.add(HexFormat.of().parseHex(hash));
    }
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException(name + ".tokens is empty");
    }
    return List.copyOf(hashes);
  }

  private static List<String> certificates(String name, YamlObject fields) {
    List<String> names = fields.texts("certificates");
    if (names.isEmpty()) {
      throw new IllegalArgumentException(name + ".certificates is empty");
    }
    for (String commonName : names) {
      if (commonName.isBlank() || commonName.length() > MAX_COMMON_NAME) {
        throw new IllegalArgumentException(
            "%s.certificates must hold common names of 1 to %d characters"
                .formatted(name, MAX_COMMON_NAME));
      }
    }
    return List.copyOf(names);
  }

  private static Optional<Client.Rate> rate(String name, JsonNode node, YamlObject fields) {
    if (node.has("requestsPerSecond")) {
      int perSecond = fields.number("requestsPerSecond");
      int burst = node.has("burst") ? fields.number("burst") : perSecond;
      try {
        return Optional.of(new Client.Rate(perSecond, burst));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + "." + e.getMessage(), e);
      }
    }
    if (node.has("burst")) {
      throw new IllegalArgumentException(name + ".burst is given without requestsPerSecond");
    }
    return Optional.empty();
  }

  private static void requireDistinct(List<Client> clients) {
    Set<String> hashes = new HashSet<>();
    Set<String> commonNames = new HashSet<>();
    for (Client client : clients) {
      for (byte[] hash : client.tokenHashes()) {
        if (!hashes.add(HexFormat.of().formatHex(hash))) {
          throw new IllegalArgumentException(
              client.name() + ".tokens holds a token that is there already");
        }
      }
      for (String commonName : client.certificateNames()) {
        if (!commonNames.add(commonName)) {
          throw new IllegalArgumentException(
              client.name() + ".certificates holds a name that is there already");
        }
      }
    }
  }
}
