package dev.ppe.nas.cost;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of cost models. */
public enum ModelKind {
  /** A look-up table: what each block costs alone, added up; a + b times that. */
  TABLE,
  /** TuNAS's linear model: a weight for each combination of a block's choices and channels. */
  LINEAR,
  /** Linear splines of what blocks amount to in all, and gradient-boosted trees on what is left. */
  BOOSTED;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word. */
  public static Optional<ModelKind> of(String word) {
    return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Words of all of them, for people. */
  public static String words() {
    return Arrays.stream(values()).map(ModelKind::word).collect(Collectors.joining(", "));
  }
}
