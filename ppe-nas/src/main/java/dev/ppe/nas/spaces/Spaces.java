package dev.ppe.nas.spaces;

import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The register of spaces. Each is read when it is first asked for. */
public final class Spaces {
  /** Their names, in the order in which people see them. */
  public static final List<String> NAMES =
      List.of(
          "mobilenet-edgetpu-v2",
          "autoseg-edgetpu",
          "spaghettinet-edgetpu",
          "mobilebert-edgetpu",
          "proxylessnas",
          "proxylessnas-enlarged",
          "tunas-mobilenet-v3",
          "mobiledet",
          "fbnet",
          "nasbench201");

  private static final Map<String, ModelSpace> READ = new ConcurrentHashMap<>();

  private Spaces() {}

  /** The space of this name. */
  public static Optional<ModelSpace> find(String name) {
    return NAMES.contains(name)
        ? Optional.of(READ.computeIfAbsent(name, Spaces::read))
        : Optional.empty();
  }

  /** The YAML text of a space, to begin one's own with. */
  public static String text(String name) {
    String resource = name + ".yaml";
    try (InputStream stream = Spaces.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no space " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelSpace read(String name) {
    return SpaceReader.read(name + ".yaml", text(name));
  }
}
