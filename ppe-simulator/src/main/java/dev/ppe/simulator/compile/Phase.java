package dev.ppe.simulator.compile;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the compiler does, in order: {@link Compiler} says how. */
public enum Phase {
  JOIN("Group convolutions that are written in parts become one."),
  PLACE("Every node goes to the accelerator or to the host, with the reason for each fallback."),
  FUSE("Nodes that the hardware runs as one become a layer."),
  TILE("Each layer's output is cut over the PEs."),
  ALLOCATE("Activations get their places in PE memory, parameters in the parameter memory."),
  SCHEDULE("Layers become instructions with dependencies.");

  private final String description;

  Phase(String description) {
    this.description = description;
  }

  /** What it does, in a sentence. */
  public String description() {
    return description;
  }

  /** All phases up to this one. */
  public List<Phase> withAllBefore() {
    return List.copyOf(EnumSet.range(JOIN, this));
  }

  /** The phase that prints as {@code name}. */
  public static Optional<Phase> find(String name) {
    return Stream.of(values()).filter(phase -> phase.toString().equals(name)).findFirst();
  }

  /** The phase that a misspelt {@code name} may stand for: no two begin with the same letter. */
  public static Optional<Phase> suggest(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.isEmpty()
        ? Optional.empty()
        : Stream.of(values()).filter(p -> p.toString().charAt(0) == lower.charAt(0)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
