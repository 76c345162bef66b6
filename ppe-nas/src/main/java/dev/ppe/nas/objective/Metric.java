package dev.ppe.nas.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A figure of a candidate. */
public enum Metric {
  /** One inference in the steady state, end to end. */
  LATENCY("us"),
  /** One inference: the accelerator and its memories. */
  ENERGY("uJ"),
  /** The most that is in use of the PE memories at any time. */
  MEMORY("bytes"),
  /** Stored parameters. */
  MODEL_SIZE("bytes"),
  /** Multiply-accumulates of one inference. */
  MACS(""),
  /** Number of stored parameters. */
  PARAMETERS(""),
  /** Whatever the user's source of quality gives; the only one of which more is better. */
  QUALITY("");

  private final String unit;

  Metric(String unit) {
    this.unit = unit;
  }

  /** What it is counted in; empty for plain numbers. */
  public String unit() {
    return unit;
  }

  /** Whether more is better. */
  public boolean isGain() {
    return this == QUALITY;
  }

  /** As it is written: {@code model-size}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The metric of this word. */
  public static Optional<Metric> of(String word) {
    return Stream.of(values()).filter(metric -> metric.word().equals(word)).findFirst();
  }

  /** Words of all of them, for people. */
  public static String words() {
    List<String> words = Arrays.stream(values()).map(Metric::word).toList();
    return String.join(", ", words);
  }
}
