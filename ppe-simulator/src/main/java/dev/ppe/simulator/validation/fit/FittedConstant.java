package dev.ppe.simulator.validation.fit;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole number that was fitted.
 *
 * @param path of its key in the presets' files, for example {@code invocation.overhead_ns}
 * @param presets that have it, the same in all of them
 */
public record FittedConstant(String path, List<String> presets) {
  /** Parts of a value that it is varied by. */
  private static final int PART_VARIED = 20;

  private static final double NANOS = 1e9;

  public FittedConstant {
    presets = List.copyOf(presets);
  }

  static FittedConstant of(String path, String... presets) {
    return new FittedConstant(path, List.of(presets));
  }

  /**
   * As the presets have it.
   *
   * @throws IllegalArgumentException if one has none, or another one
   */
  public long value() {
    List<Long> values =
        presets.stream()
            .map(
                preset ->
                    AcceleratorDocument.preset(preset)
                        .number(path)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    preset + " has no whole number " + path)))
            .distinct()
            .toList();
    if (values.size() != 1) {
      throw new IllegalArgumentException("%s is not the same in %s".formatted(path, presets));
    }
    return values.getFirst();
  }

  /** Latencies are linear in durations, and in how long a byte or an element takes. */
  double variable(double value) {
    return path.endsWith("_per_second") ? NANOS / value : value;
  }

  /** The other way. */
  double value(double variable) {
    return path.endsWith("_per_second") ? NANOS / variable : variable;
  }

  /** The presets with more of it. */
  Variation variation() {
    long value = value();
    long step = value / PART_VARIED;
    if (step == 0) {
      throw new IllegalArgumentException(path + " is too small to be varied: " + value);
    }
    return new Variation(
        variable((double) (value + step)) - variable((double) value), with(value + step));
  }

  private Map<String, Accelerator> with(long value) {
    Map<String, Accelerator> accelerators = new LinkedHashMap<>();
    for (String preset : presets) {
      accelerators.put(preset, AcceleratorDocument.preset(preset).with(path, value).accelerator());
    }
    return accelerators;
  }

  /**
   * Presets to take a slope from.
   *
   * @param difference of the variable
   */
  record Variation(double difference, Map<String, Accelerator> more) {}
}
