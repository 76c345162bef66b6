package dev.ppe.nas.study;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import dev.ppe.nas.study.Trial.Suggested;

/** What results are called in files: in the study's tables, in CSV and in JSON. */
public final class Columns {
  private Columns() {}

  /** With the unit, such as {@code latency_us}. */
  public static String of(Metric metric) {
    return switch (metric) {
      case LATENCY -> "latency_us";
      case ENERGY -> "energy_uj";
      case MEMORY -> "memory_bytes";
      case MODEL_SIZE -> "model_size_bytes";
      case MACS -> "macs";
      case PARAMETERS -> "parameters";
      case QUALITY -> "quality";
    };
  }

  /** A trial's state: {@code suggested}, {@code evaluated} or {@code failed}. */
  public static String of(Result result) {
    return switch (result) {
      case Suggested suggested -> "suggested";
      case Evaluated evaluated -> "evaluated";
      case Failed failed -> "failed";
    };
  }
}
