package dev.ppe.client.report.compare;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In what two accelerators differ, and which causes of time that bears on.
 *
 * @param differences fields of their descriptions, in the order of those
 */
record Hardware(List<Difference> differences) {
  /** What names an accelerator, or says how its figures came about, changes none of them. */
  private static final Set<String> NO_HARDWARE = Set.of("name", "description", "validated");

  private static final int LONGEST_LIST = 4;
  private static final String NONE = "none";

  /**
   * A field with its values, {@code none} where it is not there.
   *
   * @param field as a description spells it, {@code grid.rows}
   */
  record Difference(String field, String first, String second) {
    @Override
    public String toString() {
      return "%s %s, was %s".formatted(field, second, first);
    }

    private boolean isIn(String part) {
      return field.equals(part) || field.startsWith(part + ".");
    }
  }

  Hardware {
    differences = List.copyOf(differences);
  }

  static Hardware of(Accelerator first, Accelerator second) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    flatten(first, "", before);
    flatten(second, "", after);
    Set<String> fields = new LinkedHashSet<>(before.keySet());
    fields.addAll(after.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String field : fields) {
      String one = before.getOrDefault(field, NONE);
      String other = after.getOrDefault(field, NONE);
      if (!one.equals(other)) {
        differences.add(new Difference(field, one, other));
      }
    }
    return new Hardware(differences);
  }

  /** The differences that bear on a cause. */
  List<Difference> behind(Cause cause) {
    List<String> parts = parts(cause);
    return differences.stream()
        .filter(difference -> parts.stream().anyMatch(difference::isIn))
        .toList();
  }

  /** The parts of a description that a cause's time depends on first of all. */
  private static List<String> parts(Cause cause) {
    return switch (cause) {
      case CAUSE_COMPUTE -> List.of("clock_hz", "grid", "core", "vector_unit", "mac_cycles");
      case CAUSE_ACTIVATION_FETCH ->
          List.of("clock_hz", "grid", "pe_memory.read_bytes_per_cycle", "core", "vector_unit");
      case CAUSE_PARAMETER_FETCH ->
          List.of("clock_hz", "parameter_memory", "dram", "host_link.to_device_bytes_per_second");
      case CAUSE_OUTPUT -> List.of("clock_hz", "pe_memory.write_bytes_per_cycle");
      case CAUSE_DMA -> List.of("clock_hz", "network", "dram", "pe_memory.bytes");
      case CAUSE_HOST_LINK -> List.of("host_link", "dram");
      case CAUSE_HOST -> List.of("host", "placement");
      case CAUSE_INVOCATION, CAUSE_DOORBELL, CAUSE_DECODE, CAUSE_COMPLETION ->
          List.of("invocation");
      case CAUSE_PE_MEMORY_BANK -> List.of("clock_hz", "pe_memory");
      case CAUSE_UNSPECIFIED, UNRECOGNIZED -> List.of();
    };
  }

  private static void flatten(Message message, String path, Map<String, String> fields) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      String name = path + field.getName();
      if (NO_HARDWARE.contains(name) || (field.hasPresence() && !message.hasField(field))) {
        continue;
      }
      if (field.isRepeated()) {
        fields.put(name, list((List<?>) message.getField(field)));
      } else if (field.getJavaType() == JavaType.MESSAGE) {
        flatten((Message) message.getField(field), name + ".", fields);
      } else {
        fields.put(name, text(field.getName(), message.getField(field)));
      }
    }
  }

  private static String list(List<?> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    return values.size() > LONGEST_LIST
        ? values.size() + " entries"
        : String.join(" ", values.stream().map(value -> text("", value)).toList());
  }

  private static String text(String field, Object value) {
    return switch (value) {
      case EnumValueDescriptor constant ->
          constant
              .getName()
              .toLowerCase(Locale.ROOT)
              .replaceFirst("^(data_type|[a-z]+)_", "")
              .replace('_', '-');
      case Number number when field.endsWith("_hz") -> Units.FREQUENCY.format(number.doubleValue());
      case Number number when field.endsWith("bytes_per_second") ->
          Units.BANDWIDTH.format(number.doubleValue());
      case Number number when field.endsWith("_per_second") ->
          Units.COUNT.format(number.doubleValue()) + "/s";
      case Number number when field.endsWith("bytes") -> Units.BYTES.format(number.doubleValue());
      case Number number when field.endsWith("_ns") ->
          Units.TIME.format(number.doubleValue() / 1e3);
      default -> Names.printable(value.toString());
    };
  }
}
