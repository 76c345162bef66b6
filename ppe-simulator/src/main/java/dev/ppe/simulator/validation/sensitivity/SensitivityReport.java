package dev.ppe.simulator.validation.sensitivity;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How much the presets' figures depend on what is assumed of them.
 *
 * @param presets in the order of their tables
 */
public record SensitivityReport(List<OfPreset> presets) {
  public SensitivityReport {
    presets = List.copyOf(presets);
  }

  /**
   * One figure on one preset.
   *
   * @param preset its name
   * @param figure {@link #TIMES}, or a table's figure in bytes
   * @param tables the validation tables whose rows are costed again
   * @param rows how many these are
   * @param meanError of the rows as they are
   * @param assumptions those that can be varied; of figures in bytes, those alone that change one
   * @param others assumptions that are neither numbers nor flags, and stay as they are
   */
  public record OfPreset(
      String preset,
      String figure,
      List<String> tables,
      int rows,
      OptionalDouble meanError,
      List<OfAssumption> assumptions,
      List<Assumption> others) {
    /** Latencies, or the cycles of an estimate. */
    public static final String TIMES = "times";

    public OfPreset {
      tables = List.copyOf(tables);
      assumptions = List.copyOf(assumptions);
      others = List.copyOf(others);
    }
  }

  /**
   * One assumption.
   *
   * @param effects of half and twice the number, of one less and one more if it is small, or of the
   *     other choice
   */
  public record OfAssumption(Assumption assumption, List<Effect> effects) {
    public OfAssumption {
      effects = List.copyOf(effects);
    }
  }
}
