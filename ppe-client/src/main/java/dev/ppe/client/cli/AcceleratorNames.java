package dev.ppe.client.cli;

import dev.ppe.simulator.hardware.Presets;
import java.util.Iterator;

/** What {@code --accelerator} may be, for shells that complete it. */
final class AcceleratorNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Presets.names().iterator();
  }
}
