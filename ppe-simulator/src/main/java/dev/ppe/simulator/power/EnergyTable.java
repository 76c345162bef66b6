package dev.ppe.simulator.power;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What actions, time and cycles cost at a process node.
 *
 * @param name what accelerators call it
 * @param version grows with every change of a figure
 * @param nodeNm class of the process, in nanometres
 * @param description one line for people
 * @param entries every figure with its source
 * @param sram energies of on-chip memories by size
 */
public record EnergyTable(
    String name,
    int version,
    double nodeNm,
    String description,
    Map<Price, Entry> entries,
    SramCurve sram) {
  /**
   * A figure.
   *
   * @param value in the unit that its name ends with
   * @param source where it is from
   */
  public record Entry(double value, String source) {}

  public EnergyTable {
    Map<Price, Entry> copy = new EnumMap<>(Price.class);
    copy.putAll(entries);
    for (Price price : Price.values()) {
      Entry entry = copy.get(price);
      if (entry == null) {
        throw new IllegalArgumentException(price.field() + " is missing");
      }
      if (!(entry.value >= 0 && entry.value <= price.most())) {
        throw new IllegalArgumentException(
            "%s is %s, must be between 0 and %.0f"
                .formatted(price.field(), entry.value, price.most()));
      }
    }
    entries = Collections.unmodifiableMap(copy);
  }

  /** A figure in the unit that its name ends with. */
  public double of(Price price) {
    Entry entry = entries.get(price);
    if (entry == null) {
      throw new IllegalStateException(price + " is missing"); // the constructor has seen it
    }
    return entry.value;
  }

  /** Energy of a byte read from or written to an on-chip memory of that size, in picojoules. */
  public double sramBytePj(double bytes) {
    return of(Price.SRAM_FACTOR) * sram.bytePj(bytes);
  }

  /** The same table with another figure. */
  public EnergyTable with(Price price, double value) {
    Map<Price, Entry> changed = new EnumMap<>(entries);
    changed.put(price, new Entry(value, "changed"));
    return new EnergyTable(name, version, nodeNm, description, changed, sram);
  }
}
