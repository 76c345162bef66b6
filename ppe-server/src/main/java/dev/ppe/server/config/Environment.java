package dev.ppe.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Fields from environment variables: {@code PPE_SERVER_} and the field's path in capitals, with
 * underscores between its words, such as {@code PPE_SERVER_TLS_CLIENT_AUTHORITIES} for {@code
 * tls.clientAuthorities}.
 */
public final class Environment {
  private static final String PREFIX = "PPE_SERVER_";

  /**
   * What Kubernetes sets in every pod beside a Service of the name ppe-server. The third has the
   * name of a field, and is known by its value.
   */
  private static final Pattern SERVICE_LINK = Pattern.compile("SERVICE_(HOST|PORT.*)|PORT_\\d+_.*");

  private static final Pattern SERVICE_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

  private Environment() {}

  /**
   * Lays variables over a configuration.
   *
   * @throws IllegalArgumentException naming the variable that has no field, or another kind of
   *     value than its field
   */
  public static void overlay(Map<String, String> variables, ConfigTree tree) {
    Map<String, String> names = names(tree);
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(PREFIX) && !isServiceLink(variable, value)) {
                String path = names.get(variable);
                if (path == null) {
                  throw unknown(variable, names);
                }
                tree.set(path, value(variable, value, path, tree.get(path)));
              }
            });
  }

  /** The variable of a field. */
  public static String variable(String path) {
    String words = path.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2");
    return PREFIX + words.toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> names(ConfigTree tree) {
    Map<String, String> names = new LinkedHashMap<>();
    tree.paths().forEach(path -> names.put(variable(path), path));
    return names;
  }

  private static boolean isServiceLink(String variable, String value) {
    return SERVICE_LINK.matcher(variable.substring(PREFIX.length())).matches()
        || (variable.equals(PREFIX + "PORT") && SERVICE_PORT.matcher(value).matches());
  }

  private static JsonNode value(String variable, String text, String path, JsonNode former) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (former.isTextual()) {
      return json.textNode(text);
    }
    if (former.isBoolean()) {
      return switch (text) {
        case "true" -> json.booleanNode(true);
        case "false" -> json.booleanNode(false);
        default -> throw wrong(variable, text, path, "true or false");
      };
    }
    try {
      return json.numberNode(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw wrong(variable, text, path, "a whole number");
    }
  }

  private static IllegalArgumentException wrong(
      String variable, String text, String path, String wanted) {
    return new IllegalArgumentException(
        "%s is \"%s\", but %s must be %s".formatted(variable, text, path, wanted));
  }

  private static IllegalArgumentException unknown(String variable, Map<String, String> names) {
    Optional<String> meant = Suggestion.of(variable, names.keySet());
    return new IllegalArgumentException(
        "%s stands for no field of the configuration%s"
            .formatted(variable, meant.map("; did you mean %s?"::formatted).orElse("")));
  }
}
