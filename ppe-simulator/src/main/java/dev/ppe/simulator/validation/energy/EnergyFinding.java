package dev.ppe.simulator.validation.energy;

import java.util.List;

/**
 * What came out of a check.
 *
 * @param id how the check is called
 * @param statement what should hold, in a sentence
 * @param accelerator the preset
 * @param holds whether it does
 * @param reason in a sentence
 * @param circular what of it follows from how the table was made, in a sentence; empty where
 *     nothing does
 * @param exhibits networks that show it
 */
public record EnergyFinding(
    String id,
    String statement,
    String accelerator,
    boolean holds,
    String reason,
    String circular,
    List<Exhibit> exhibits) {
  public EnergyFinding {
    exhibits = List.copyOf(exhibits);
  }

  /**
   * A network with its figures.
   *
   * @param network its name
   * @param figures the same names in the same order for all exhibits of a finding
   */
  public record Exhibit(String network, List<Figure> figures) {
    public Exhibit {
      figures = List.copyOf(figures);
    }
  }

  /**
   * One figure.
   *
   * @param name what it is, with its unit: {@code W}, {@code TOPS/W}, {@code ms}, {@code mJ}
   * @param value in that unit; a share is of 1
   */
  public record Figure(String name, double value) {}
}
