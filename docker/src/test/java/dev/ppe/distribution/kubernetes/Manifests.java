package dev.ppe.distribution.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code kubectl kustomize} makes of an overlay, read as strictly as a server would: by
 * Kubernetes' own model, in which a field that there is not, or one of another type, is a mistake.
 *
 * @param objects as JSON, in the order in which they are applied
 */
record Manifests(List<JsonObject> objects) {
  private static final Path FOLDER = Path.of("kubernetes");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern KUSTOMIZE = Pattern.compile("(?s).*Kustomize Version: v(\\d+).*");

  /** The classes of what is used here. */
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/Namespace", V1Namespace.class,
          "v1/ServiceAccount", V1ServiceAccount.class,
          "v1/ConfigMap", V1ConfigMap.class,
          "v1/Service", V1Service.class,
          "apps/v1/Deployment", V1Deployment.class,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class,
          "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class);

  /** Rendered before: kubectl takes a second. */
  private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

  /** An overlay as kubectl renders it; skips the test where there is no kubectl that can. */
  static Manifests of(String overlay) throws IOException, InterruptedException {
    Manifests before = RENDERED.get(overlay);
    if (before != null) {
      return before;
    }
    assumeThat(canRender()).as("a kubectl with kustomize 4 or newer").isTrue();
    Manifests manifests = render(overlay);
    RENDERED.put(overlay, manifests);
    return manifests;
  }

  private static Manifests render(String overlay) throws IOException, InterruptedException {
    String rendered =
        run(
            List.of(
                "kubectl", "kustomize", FOLDER.resolve("overlays").resolve(overlay).toString()));
    List<JsonObject> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(rendered)) {
      while (documents.hasNext()) {
        objects.add(JsonParser.parseString(documents.next().toString()).getAsJsonObject());
      }
    }
    return new Manifests(objects);
  }

  private static boolean canRender() throws InterruptedException {
    try {
      Matcher version = KUSTOMIZE.matcher(run(List.of("kubectl", "version", "--client")));
      return version.matches() && Integer.parseInt(version.group(1)) >= 4;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("kubectl", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(errors));
      }
      return output;
    } finally {
      Files.delete(errors);
    }
  }

  /** One document of YAML. */
  static JsonObject yaml(String text) throws IOException {
    return JsonParser.parseString(YAML.readTree(text).toString()).getAsJsonObject();
  }

  static String kind(JsonObject object) {
    return object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString();
  }

  /**
   * Reads an object by its class, if it is one of Kubernetes' own.
   *
   * @throws IllegalArgumentException if the class and the object do not agree
   */
  static Optional<Object> typed(JsonObject object) {
    Class<?> type = TYPES.get(kind(object));
    if (type == null) {
      return Optional.empty();
    }
    try {
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
      Object read = JSON.getGson().fromJson(object, type);
      JsonElement written = JsonParser.parseString(JSON.getGson().toJson(read));
      if (!filled(written).equals(filled(object))) { // a number in place of a text, for one
        throw new IllegalArgumentException("read as " + written + ", written as " + object);
      }
      return Optional.of(read);
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(kind(object) + ": " + cause.getMessage(), e);
    }
  }

  /** Without what is empty: the classes write out empty lists that nobody gave. */
  private static JsonElement filled(JsonElement element) {
    if (element.isJsonArray()) {
      JsonArray array = new JsonArray();
      element.getAsJsonArray().forEach(item -> array.add(filled(item)));
      return array;
    }
    if (!element.isJsonObject()) {
      return element;
    }
    JsonObject object = new JsonObject();
    for (Map.Entry<String, JsonElement> field : element.getAsJsonObject().entrySet()) {
      JsonElement value = filled(field.getValue());
      if (!(value.isJsonArray() && value.getAsJsonArray().isEmpty())
          && !(value.isJsonObject() && value.getAsJsonObject().isEmpty())) {
        object.add(field.getKey(), value);
      }
    }
    return object;
  }

  /** All objects of a class. */
  <T> List<T> all(Class<T> type) {
    return objects.stream()
        .map(Manifests::typed)
        .flatMap(Optional::stream)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The only one of a class. */
  <T> T one(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new IllegalStateException("%d of %s".formatted(found.size(), type.getSimpleName()));
    }
    return found.getFirst();
  }

  Stream<JsonObject> custom() {
    return objects.stream().filter(object -> !TYPES.containsKey(kind(object)));
  }
}
