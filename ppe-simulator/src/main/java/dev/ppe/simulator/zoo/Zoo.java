package dev.ppe.simulator.zoo;

import dev.ppe.simulator.zoo.classic.Classics;
import dev.ppe.simulator.zoo.classification.Classification;
import dev.ppe.simulator.zoo.detection.Detection;
import dev.ppe.simulator.zoo.language.Language;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import dev.ppe.simulator.zoo.segmentation.Segmentation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The register of named networks: tasks one after the other, families in order of appearance within
 * each.
 */
public final class Zoo {
  private static final List<ZooModel> MODELS =
      Stream.of(
              Classification.models(),
              Classics.models(),
              Detection.models(),
              Segmentation.models(),
              Language.models())
          .flatMap(List::stream)
          .toList();

  /** Names of networks that are not listed one by one, for people. */
  public static final List<String> OTHER_NAMES =
      List.of(Classification.OTHER_NAMES, Detection.OTHER_NAMES, NasBench201.NAMES);

  private Zoo() {}

  /** All networks, in a fixed order. Building one is left until its graph is asked for. */
  public static List<ZooModel> models() {
    return MODELS;
  }

  /**
   * The network of this name or alias. Besides those listed there are the widths and sizes of
   * {@link Classification#find}, detectors as published ({@link Detection#find}) and the cells of
   * {@link NasBench201}.
   */
  public static Optional<ZooModel> find(String name) {
    return MODELS.stream()
        .filter(model -> model.answersTo(name))
        .findFirst()
        .or(() -> Classification.find(name))
        .or(() -> Detection.find(name))
        .or(() -> NasBench201.find(name));
  }

  /**
   * What helps somebody whose {@code name} is not that of a network: names it may stand for, or how
   * the names of its family are written. Empty if there is nothing like it.
   */
  public static Optional<String> hint(String name) {
    if (NasBench201.isMeantBy(name)) {
      return Optional.of(NasBench201.NAMES);
    }
    List<String> suggestions = Suggestions.of(name, MODELS);
    return suggestions.isEmpty()
        ? Optional.empty()
        : Optional.of("did you mean " + String.join(" or ", suggestions) + "?");
  }
}
