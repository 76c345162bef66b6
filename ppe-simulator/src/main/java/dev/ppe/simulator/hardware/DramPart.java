package dev.ppe.simulator.hardware;

import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.dram.DramTiming;
import java.util.OptionalInt;

/**
 * A DRAM by its name, with the number of channels that the accelerator has of it.
 *
 * @param name one of {@link DramParts#names()}, for people and for the wire
 * @param timing its data sheet, with that number of channels
 */
public record DramPart(String name, DramTiming timing) {
  /**
   * The part of that name.
   *
   * @param channels how many there are; empty for as many as the data sheet has
   * @throws IllegalArgumentException if there is no such part, or not with so many channels
   */
  public static DramPart of(String name, OptionalInt channels) {
    if (!DramParts.names().contains(name)) {
      throw new IllegalArgumentException(
          "dram.part is \"%s\", must be one of %s"
              .formatted(name, String.join(", ", DramParts.names())));
    }
    DramTiming timing = DramParts.get(name);
    if (channels.isEmpty()) {
      return new DramPart(name, timing);
    }
    Check.range("dram.channels", channels.getAsInt(), 1, 64);
    return new DramPart(name, timing.withChannels(channels.getAsInt()));
  }

  /** Channels that work side by side. */
  public int channels() {
    return timing.geometry().channels();
  }
}
