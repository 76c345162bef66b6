package dev.ppe.simulator.zoo;

import dev.ppe.simulator.builder.Arithmetic;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be chosen of a network without making it another one. Start from a model's {@link
 * ZooModel#defaults defaults}: {@code model.defaults().withResolution(192).withClasses(10)}.
 *
 * <p>A network has only some of these sizes: an image network has no sequence length. A size it
 * does not have is {@link #NONE}, and cannot be changed.
 *
 * @param arithmetic the numbers it computes with
 * @param resolution rows and columns of the image
 * @param classes that it tells apart, the background included where it is one of them
 * @param sequenceLength tokens of the text
 */
public record ModelOptions(Arithmetic arithmetic, int resolution, int classes, int sequenceLength) {
  /** A size that the network does not have. */
  public static final int NONE = 0;

  private static final String RESOLUTION = "input size";
  private static final String CLASSES = "classes";
  private static final String SEQUENCE_LENGTH = "sequence length";

  public ModelOptions {
    requireSize(RESOLUTION, resolution);
    requireSize(CLASSES, classes);
    requireSize(SEQUENCE_LENGTH, sequenceLength);
  }

  /** Int8, for a square image; {@code classes} may be {@link #NONE}. */
  public static ModelOptions image(int resolution, int classes) {
    return new ModelOptions(Arithmetic.INT8, resolution, classes, NONE);
  }

  /** Int8, for a text. */
  public static ModelOptions text(int sequenceLength) {
    return new ModelOptions(Arithmetic.INT8, NONE, NONE, sequenceLength);
  }

  /** These options in another arithmetic. */
  public ModelOptions withArithmetic(Arithmetic other) {
    return new ModelOptions(other, resolution, classes, sequenceLength);
  }

  /**
   * These options with another image size.
   *
   * @throws IllegalArgumentException if the network takes no image, or {@code other} is below 1
   */
  public ModelOptions withResolution(int other) {
    requireChoice(RESOLUTION, resolution, other);
    return new ModelOptions(arithmetic, other, classes, sequenceLength);
  }

  /**
   * These options with another number of classes.
   *
   * @throws IllegalArgumentException if the network has no classes, or {@code other} is below 1
   */
  public ModelOptions withClasses(int other) {
    requireChoice(CLASSES, classes, other);
    return new ModelOptions(arithmetic, resolution, other, sequenceLength);
  }

  /**
   * These options with another text size.
   *
   * @throws IllegalArgumentException if the network takes no text, or {@code other} is below 1
   */
  public ModelOptions withSequenceLength(int other) {
    requireChoice(SEQUENCE_LENGTH, sequenceLength, other);
    return new ModelOptions(arithmetic, resolution, classes, other);
  }

  /** Whether a network with these options takes the same ones as a network with {@code other}. */
  boolean sameKindAs(ModelOptions other) {
    return (resolution == NONE) == (other.resolution == NONE)
        && (classes == NONE) == (other.classes == NONE)
        && (sequenceLength == NONE) == (other.sequenceLength == NONE);
  }

  private List<String> choices() {
    List<String> choices = new ArrayList<>();
    if (resolution != NONE) {
      choices.add(RESOLUTION);
    }
    if (classes != NONE) {
      choices.add(CLASSES);
    }
    if (sequenceLength != NONE) {
      choices.add(SEQUENCE_LENGTH);
    }
    choices.add("arithmetic");
    return choices;
  }

  private static void requireSize(String what, int value) {
    if (value < NONE) {
      throw new IllegalArgumentException(what + " is " + value + ", must be 1 or more");
    }
  }

  private void requireChoice(String what, int current, int other) {
    if (current == NONE) {
      throw new IllegalArgumentException(
          "the network has no %s to choose, only %s".formatted(what, String.join(", ", choices())));
    }
    if (other < 1) {
      throw new IllegalArgumentException(what + " is " + other + ", must be 1 or more");
    }
  }
}
