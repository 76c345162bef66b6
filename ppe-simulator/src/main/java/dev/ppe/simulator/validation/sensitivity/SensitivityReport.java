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
   * One preset.
   *
   * @param preset its name
   * @param tables the validation tables whose rows are costed again
   * @param rows how many these are
   * @param meanError of the rows as they are
   * @param assumptions those that can be varied
   * @param others assumptions that are neither numbers nor flags, and stay as they are
   */
  public record OfPreset(
      String preset,
      List<String> tables,
      int rows,
      OptionalDouble meanError,
      List<OfAssumption> assumptions,
      List<Assumption> others) {
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
