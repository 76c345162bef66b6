package dev.ppe.simulator.validation.sensitivity;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How much the presets' figures depend on what is assumed of them.
 *
 * @param presets those with measured rows, in the order of their tables; then what networks of the
 *     zoo take on every preset
 */
public record SensitivityReport(List<OfPreset> presets) {
  public SensitivityReport {
    presets = List.copyOf(presets);
  }

  /**
   * One figure on one preset.
   *
   * @param preset its name
   * @param figure {@link #TIMES}, a table's figure in bytes, or {@link #NETWORKS}
   * @param sources the validation tables whose rows are costed again, or the networks
   * @param rows how many these are
   * @param meanError of the rows as they are; empty where nothing was measured
   * @param assumptions those that can be varied; of figures in bytes those alone that change one,
   *     of networks all but {@code unchanging}
   * @param unchanging of networks, those that change none, see {@link OfAssumption#isUnchanging}
   * @param others assumptions that nobody knows other values of, and that stay as they are
   */
  public record OfPreset(
      String preset,
      String figure,
      List<String> sources,
      int rows,
      OptionalDouble meanError,
      List<OfAssumption> assumptions,
      List<Assumption> unchanging,
      List<Assumption> others) {
    /** Latencies, or the cycles of an estimate. */
    public static final String TIMES = "times";

    /** Latencies of networks of the zoo that nothing was measured of. */
    public static final String NETWORKS = "networks of the zoo";

    public OfPreset {
      sources = List.copyOf(sources);
      assumptions = List.copyOf(assumptions);
      unchanging = List.copyOf(unchanging);
      others = List.copyOf(others);
    }

    /** Whether measurements say what an error is. */
    public boolean isMeasured() {
      return !figure.equals(NETWORKS);
    }
  }

  /**
   * One assumption.
   *
   * @param effects of half and twice the number, of one less and one more if it is small, or of the
   *     other choices
   */
  public record OfAssumption(Assumption assumption, List<Effect> effects) {
    public OfAssumption {
      effects = List.copyOf(effects);
    }

    /** Whether a row's figure is another one with any of the values. */
    public boolean changes() {
      return effects.stream().anyMatch(Effect::changes);
    }

    /**
     * Whether every row's figure stays with all values that there is a machine with, and there is
     * one. Where all are refused nothing is known.
     */
    public boolean isUnchanging() {
      return !changes() && effects.stream().anyMatch(effect -> effect.refused().isEmpty());
    }
  }
}
