package dev.ppe.wire;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The accelerators that requests may name, as the service's two RPCs give them. */
public final class AcceleratorCatalog {
  private AcceleratorCatalog() {}

  /** All messages, made when the first is asked for: each answer has the same. */
  private static final class Messages {
    private static final Map<String, dev.ppe.v1.Accelerator> BY_NAME = byName();

    private static final ListAcceleratorsResponse LIST =
        ListAcceleratorsResponse.newBuilder()
            .setDefaultAccelerator(Presets.DEFAULT)
            .addAllAccelerators(BY_NAME.values())
            .build();

    private static Map<String, dev.ppe.v1.Accelerator> byName() {
      Map<String, dev.ppe.v1.Accelerator> messages = new LinkedHashMap<>();
      for (String name : Presets.names()) {
        messages.put(name, AcceleratorCodec.encode(Presets.get(name)));
      }
      return messages;
    }
  }

  /** All of them, and which is the default. */
  public static ListAcceleratorsResponse listAccelerators() {
    return Messages.LIST;
  }

  /**
   * One of them.
   *
   * @param name its name; empty for the default one
   * @throws UnknownAcceleratorException listing the names there are
   */
  public static dev.ppe.v1.Accelerator getAccelerator(String name) {
    return Optional.ofNullable(Messages.BY_NAME.get(orDefault(name)))
        .orElseThrow(() -> new UnknownAcceleratorException(name, Presets.names()));
  }

  /**
   * The accelerator that a request names or describes, or the default one, with what other models
   * leave of its parameter memory.
   *
   * @throws UnknownAcceleratorException listing the names there are
   * @throws IllegalArgumentException naming the field and the values it may take
   */
  public static Accelerator of(EstimateRequest request) {
    Accelerator whole = whole(request);
    long reserved = request.getParameterMemoryReservedBytes();
    long size = whole.parameterMemory().cacheBytes();
    if (reserved < 0 || reserved > size) {
      throw FieldException.of(
          "parameter_memory_reserved_bytes",
          "is %d, must be between 0 and %d, the parameter memory of %s"
              .formatted(reserved, size, whole.name()));
    }
    return whole.reserving(reserved);
  }

  private static Accelerator whole(EstimateRequest request) {
    return switch (request.getAcceleratorCase()) {
      case ACCELERATOR_NAME -> find(request.getAcceleratorName());
      case ACCELERATOR_SPEC ->
          Fields.within(
              "accelerator_spec", () -> AcceleratorCodec.decode(request.getAcceleratorSpec()));
      case ACCELERATOR_NOT_SET -> Presets.get(Presets.DEFAULT);
    };
  }

  private static Accelerator find(String name) {
    return Presets.find(orDefault(name))
        .orElseThrow(() -> new UnknownAcceleratorException(name, Presets.names()));
  }

  private static String orDefault(String name) {
    return name.isEmpty() ? Presets.DEFAULT : name;
  }
}
