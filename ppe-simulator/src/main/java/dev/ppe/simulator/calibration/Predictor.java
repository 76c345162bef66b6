package dev.ppe.simulator.calibration;

import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/** Answers what rows take on accelerators that differ in their constants. */
@FunctionalInterface
public interface Predictor {
  /**
   * What is asked.
   *
   * @param row index of a row
   * @param accelerator to run it on
   */
  record Question(int row, Accelerator accelerator) {}

  /**
   * What is measured of each question's row, in its quantity's unit; in the order of the questions,
   * which may be worked on at once.
   */
  List<Double> predict(List<Question> questions);
}
