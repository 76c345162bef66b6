package dev.ppe.simulator.zoo.nasbench;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The benchmark's data sets: they differ in image size and classes. */
public enum DataSet {
  CIFAR10("cifar10", 32, 10),
  CIFAR100("cifar100", 32, 100),
  IMAGENET16_120("ImageNet16-120", 16, 120);

  private final String word;
  private final int resolution;
  private final int classes;

  DataSet(String word, int resolution, int classes) {
    this.word = word;
    this.resolution = resolution;
    this.classes = classes;
  }

  /** The benchmark's word for it, for example {@code ImageNet16-120}. */
  public String word() {
    return word;
  }

  /** Rows and columns of an image. */
  public int resolution() {
    return resolution;
  }

  /** Classes to tell apart. */
  public int classes() {
    return classes;
  }

  /** The data set of this name, in upper or lower case. */
  static Optional<DataSet> of(String name) {
    return Stream.of(values())
        .filter(set -> set.word.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
