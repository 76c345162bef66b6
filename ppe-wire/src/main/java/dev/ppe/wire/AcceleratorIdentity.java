package dev.ppe.wire;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an answer's key has of an accelerator. Most requests name a preset: what is the same for all
 * of those is worked out once.
 *
 * @param wire the accelerator's message
 * @param hasMark whether some text in it has a mark, which stands for a name in answers
 */
record AcceleratorIdentity(ByteString wire, boolean hasMark) {
  private static final Map<String, AcceleratorIdentity> OF_PRESETS = new ConcurrentHashMap<>();

  /** Of any accelerator; if it is a preset as it stands, without going through its fields. */
  static AcceleratorIdentity of(Accelerator accelerator) {
    if (!isPreset(accelerator)) {
      return workOut(accelerator);
    }
    AcceleratorIdentity known = OF_PRESETS.get(accelerator.name()); // takes no lock
    if (known == null) {
      known = workOut(accelerator);
      OF_PRESETS.put(accelerator.name(), known);
    }
    return known;
  }

  @SuppressWarnings("ReferenceEquality") // comparing would go through the fields
  private static boolean isPreset(Accelerator accelerator) {
    return Presets.find(accelerator.name()).filter(known -> known == accelerator).isPresent();
  }

  private static AcceleratorIdentity workOut(Accelerator accelerator) {
    return new AcceleratorIdentity(
        AcceleratorCodec.encode(accelerator).toByteString(),
        NodeNames.isMarked(accelerator.toString()));
  }
}
