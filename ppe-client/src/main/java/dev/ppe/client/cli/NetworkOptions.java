package dev.ppe.client.cli;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What may be chosen of built-in networks. A file is as it is. */
final class NetworkOptions {
  private static final String INPUT_SIZE = "--input-size";
  private static final String CLASSES = "--classes";
  private static final String SEQUENCE_LENGTH = "--sequence-length";
  private static final String ARITHMETIC = "--arithmetic";

  @Option(
      names = INPUT_SIZE,
      paramLabel = "N",
      description = "Of a built-in network: rows and columns of its image.")
  private Optional<Integer> inputSize = Optional.empty();

  @Option(
      names = CLASSES,
      paramLabel = "N",
      description = "Of a built-in network: how many classes it tells apart.")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = SEQUENCE_LENGTH,
      paramLabel = "N",
      description = "Of a built-in network: tokens of its text, up to 512.")
  private Optional<Integer> sequenceLength = Optional.empty();

  @Option(
      names = ARITHMETIC,
      paramLabel = "TYPE",
      description = "Of a built-in network: ${COMPLETION-CANDIDATES}. Default: int8.")
  private Optional<ArithmeticOption> arithmetic = Optional.empty();

  /** Nothing chosen but the size of the image. */
  static NetworkOptions ofInputSize(OptionalInt size) {
    NetworkOptions options = new NetworkOptions();
    options.inputSize = size.isPresent() ? Optional.of(size.getAsInt()) : Optional.empty();
    return options;
  }

  /** The options given, as they were written. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    inputSize.ifPresent(size -> given.add(INPUT_SIZE + " " + size));
    classes.ifPresent(count -> given.add(CLASSES + " " + count));
    sequenceLength.ifPresent(length -> given.add(SEQUENCE_LENGTH + " " + length));
    arithmetic.ifPresent(type -> given.add(ARITHMETIC + " " + type));
    return given;
  }

  /**
   * The network with what was chosen.
   *
   * @param unlessChosen the numbers it computes with
   * @throws UnreadableException if it has no such choice, or cannot be built so
   */
  Graph build(ZooModel model, ArithmeticOption unlessChosen) {
    ModelOptions options =
        model.defaults().withArithmetic(arithmetic.orElse(unlessChosen).arithmetic());
    if (inputSize.isPresent()) {
      options = chosen(INPUT_SIZE, options, inputSize.get(), ModelOptions::withResolution);
    }
    if (classes.isPresent()) {
      options = chosen(CLASSES, options, classes.get(), ModelOptions::withClasses);
    }
    if (sequenceLength.isPresent()) {
      options =
          chosen(SEQUENCE_LENGTH, options, sequenceLength.get(), ModelOptions::withSequenceLength);
    }
    ModelOptions all = options;
    return explained("with " + String.join(" ", given()), () -> model.graph(all));
  }

  /** Refuses a model that is no built-in network. */
  void requireNone() {
    if (!given().isEmpty()) {
      throw new UnreadableException(
          given().getFirst() + " is for built-in networks; a file is as it is");
    }
  }

  private interface Choice {
    ModelOptions of(ModelOptions options, int value);
  }

  private static ModelOptions chosen(String name, ModelOptions options, int value, Choice choice) {
    return explained(name + " " + value, () -> choice.of(options, value));
  }

  private static <T> T explained(String place, Supplier<T> body) {
    try {
      return body.get();
    } catch (IllegalArgumentException e) { // the layer that does not fit, or the choice itself
      throw new UnreadableException(place + ": " + e.getMessage(), e);
    }
  }
}
