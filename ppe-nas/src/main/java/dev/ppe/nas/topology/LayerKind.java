package dev.ppe.nas.topology;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The layers that a {@link Chain} is made of, with the fields that each has. */
public enum LayerKind {
  /** A 2-D convolution: channels; kernel, stride and groups 1, no activation unless said. */
  CONV,
  /** A block of the inverted bottleneck's family, or none: see {@link BottleneckKind}. */
  BOTTLENECK,
  /** Average over the whole map. */
  GLOBAL_POOL,
  /** Weighted sums of all features: units. */
  DENSE,
  /** Probabilities. */
  SOFTMAX,
  /** [N, 1, 1, C] as [N, C]. */
  SQUEEZE,
  /** SSDLite predictors on the maps of levels 4 and 5 and four smaller ones; the last layer. */
  SSDLITE,
  /** A bidirectional feature pyramid on levels from min_level on, up to the logits. */
  BIFPN,
  /** The class of each pixel from coarse logits. */
  ARGMAX;

  private List<String> required() {
    return switch (this) {
      case CONV -> List.of("channels");
      case BOTTLENECK -> List.of("kind", "channels");
      case DENSE -> List.of("units");
      case SSDLITE -> List.of("classes");
      case BIFPN -> List.of("channels", "repeats", "min_level", "max_level", "classes");
      case GLOBAL_POOL, SOFTMAX, SQUEEZE, ARGMAX -> List.of();
    };
  }

  private List<String> optional() {
    return switch (this) {
      case CONV -> List.of("kernel", "stride", "groups", "activation");
      case BOTTLENECK ->
          List.of(
              "kernel",
              "stride",
              "expansion",
              "expanded",
              "group_size",
              "pointwise_groups",
              "input_ratio",
              "output_ratio",
              "squeeze",
              "residual",
              "activation");
      case DENSE -> List.of("activation");
      case GLOBAL_POOL, SOFTMAX, SQUEEZE, SSDLITE, BIFPN, ARGMAX -> List.of();
    };
  }

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word. */
  public static Optional<LayerKind> of(String word) {
    return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Words of all kinds, for people. */
  public static String words() {
    return String.join(", ", Arrays.stream(values()).map(LayerKind::word).toList());
  }

  /** The fields it may have. */
  public Set<String> fields() {
    Set<String> fields = new TreeSet<>(required());
    fields.addAll(optional());
    return fields;
  }

  /**
   * Checks that fields are those of this kind.
   *
   * @throws IllegalArgumentException if one is missing or is none of this kind's
   */
  public void check(Set<String> given) {
    for (String field : required()) {
      if (!given.contains(field)) {
        throw new IllegalArgumentException("a layer %s needs %s".formatted(word(), field));
      }
    }
    for (String field : given) {
      if (!fields().contains(field)) {
        throw new IllegalArgumentException(
            "a layer %s has no field %s, only %s"
                .formatted(word(), field, String.join(", ", fields())));
      }
    }
  }
}
