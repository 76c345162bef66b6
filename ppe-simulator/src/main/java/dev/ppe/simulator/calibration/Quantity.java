package dev.ppe.simulator.calibration;

import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.EnergyScale;
import java.util.List;

/** What is measured of an inference. */
public enum Quantity {
  /** How long it takes. */
  LATENCY("ms", "latency", 1e-3, 1e6, "from 0.001 to 1000000"),
  /** What it takes of energy. */
  ENERGY("mJ", "energy", 1e-6, 1e6, "from 0.000001 to 1000000");

  private final String unit;
  private final String text;
  private final double least;
  private final double most;
  private final String plausible;

  Quantity(String unit, String text, double least, double most, String plausible) {
    this.unit = unit;
    this.text = text;
    this.least = least;
    this.most = most;
    this.plausible = plausible;
  }

  /** The unit that it is measured in, which is the column's name too. */
  public String unit() {
    return unit;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** Whether an inference may take that much: what is far outside was not measured so. */
  boolean isPlausible(double value) {
    return value >= least && value <= most;
  }

  /** What is, in words. */
  String plausible() {
    return plausible;
  }

  /** A description in which the constants that are fitted to it are written out. */
  AcceleratorDocument writtenOut(AcceleratorDocument document) {
    return switch (this) {
      case LATENCY -> document;
      case ENERGY -> {
        AcceleratorDocument written =
            document.withBlock(
                "energy_scale",
                List.of(
                    "dynamic_permille: " + EnergyScale.NONE.dynamicPermille(),
                    "static_permille: " + EnergyScale.NONE.staticPermille()));
        try {
          written.accelerator();
        } catch (IllegalArgumentException e) {
          throw new CalibrationException(
              document.source()
                  + " is written in a way that energy_scale cannot be added to; ppe accelerators NAME"
                  + " writes one that will do",
              e);
        }
        yield written;
      }
    };
  }
}
