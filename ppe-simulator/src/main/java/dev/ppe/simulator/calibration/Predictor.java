package dev.ppe.simulator.calibration;

import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/** Answers how long rows take on accelerators that differ in their constants. */
@FunctionalInterface
public interface Predictor {
  /**
   * What is asked.
   *
   * @param row index of a row
   * @param accelerator to run it on
   */
  record Question(int row, Accelerator accelerator) {}

  /** Latencies in milliseconds, in the order of the questions, which may be worked on at once. */
  List<Double> milliseconds(List<Question> questions);
}
