package dev.ppe.client.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the models of a command are on one chip. */
final class SharingOptions {
  static final String NAME = "--share-parameter-memory";

  @Option(
      names = NAME,
      description =
          "Compile the models together, for one chip: each, in their order, keeps parameters in what"
              + " those before it have left of the parameter memory.")
  private boolean shared;

  /** Whether they are. */
  boolean isShared() {
    return shared;
  }

  /** The chip, if there is one for all; then models can only be asked for one after the other. */
  Optional<SharedChip> chip() {
    return shared ? Optional.of(new SharedChip()) : Optional.empty();
  }
}
