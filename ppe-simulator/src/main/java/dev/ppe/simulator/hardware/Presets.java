package dev.ppe.simulator.hardware;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accelerators that come with the simulator, each a YAML resource beside this class. */
public final class Presets {
  /** What is used where nothing is said. */
  public static final String DEFAULT = "coral-usb";

  private static final List<String> NAMES =
      List.of(
          "coral-usb",
          "coral-dev-board",
          "coral-pcie",
          "coral-compiler",
          "coral-compiler-late",
          "edgetpu-v1",
          "edgetpu-v2",
          "edgetpu-v3",
          "tensor-g1",
          "systolic-32x32-os",
          "systolic-64x64-ws",
          "systolic-128x128-ws",
          "mobile-cpu");

  private static final Map<String, Accelerator> LOADED = new ConcurrentHashMap<>();

  private Presets() {}

  /** All names, in the order in which they are listed to people. */
  public static List<String> names() {
    return NAMES;
  }

  /** The preset of that name, if there is one. */
  public static Optional<Accelerator> find(String name) {
    Accelerator loaded = LOADED.get(name); // takes no lock, which every request would want
    if (loaded != null) {
      return Optional.of(loaded);
    }
    return NAMES.contains(name)
        ? Optional.of(LOADED.computeIfAbsent(name, Presets::load))
        : Optional.empty();
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException listing the names there are
   */
  public static Accelerator get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no accelerator \"%s\"; there are %s"
                        .formatted(name, String.join(", ", NAMES))));
  }

  private static Accelerator load(String name) {
    String resource = name + ".yaml";
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return AcceleratorYaml.read(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a preset is broken", e); // no fault of the caller's
    }
  }
}
