package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;

/**
 * One whole number of a preset, which can be changed while all else stays.
 *
 * @param preset whose it is
 * @param path of its key in the YAML file, for example {@code invocation.overhead_ns}
 */
record PresetConstant(String preset, String path) {
  /** As the preset has it. */
  long value() {
    return AcceleratorDocument.preset(preset)
        .number(path)
        .orElseThrow(() -> new IllegalArgumentException(preset + " has no whole number " + path));
  }

  /** The preset with another value. */
  Accelerator with(long value) {
    return AcceleratorDocument.preset(preset).with(path, value).accelerator();
  }
}
