package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the zoo's networks by the names that publications give them: letters, digits and dots alone
 * count, in any case, and what stands in brackets only where it says what the network ends in.
 */
final class ZooNames {
  /** Names that differ in more than that. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "densenet", "densenet121",
          "unetmv2", "unet_mobilenet_v2_128",
          "mobilenetv1ssd", "ssd_mobilenet_v1",
          "mobilenetv2ssd", "ssd_mobilenet_v2",
          "ssdmobilenetv1", "ssd_mobilenet_v1",
          "ssdmobilenetv2", "ssd_mobilenet_v2",
          "deeplabv3", "deeplabv3_mobilenet_v2");

  private static final Map<String, ZooModel> BY_LETTERS = new HashMap<>();

  static {
    // In reverse, so that the first of equal names stays.
    for (ZooModel model : Zoo.models().reversed()) {
      model.aliases().forEach(alias -> BY_LETTERS.put(letters(alias), model));
      BY_LETTERS.put(letters(model.name()), model);
    }
  }

  private ZooNames() {}

  /**
   * The network published as {@code name}, for example {@code MobileNetEdgeTPU dm1.5}.
   *
   * @param resolution rows of its image, which may be part of the zoo's name
   */
  static Optional<ZooModel> find(String name, int resolution) {
    String ending = name.contains("(fused argmax)") ? "fusedargmax" : "";
    String plain = letters(name.replaceAll("\\([^)]*\\)", "")).replaceAll("dm(?=\\d)", "");
    String base = plain.replaceAll("(?<=[a-z\\d])1\\.0$", ""); // width 1.0 goes without saying
    return Stream.of(plain, base)
        .flatMap(candidate -> Stream.of(candidate + resolution, candidate + ending, candidate))
        .flatMap(candidate -> known(candidate).stream())
        .findFirst();
  }

  private static Optional<ZooModel> known(String letters) {
    return Optional.ofNullable(BY_LETTERS.get(letters))
        .or(() -> Optional.ofNullable(OTHER_NAMES.get(letters)).flatMap(Zoo::find));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
  }

  /** For messages: what may have been meant. */
  static Optional<String> hint(String name) {
    return Zoo.hint(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "_"));
  }
}
