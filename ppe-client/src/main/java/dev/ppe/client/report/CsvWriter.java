package dev.ppe.client.report;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.ppe.v1.EstimateResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A row an answer: every field of the contract that is a single value, under its name there, those
 * of parts (time, energy, memory) in their place. Lists (layers, notes) and parts that hold lists
 * (timeline) have no column.
 */
public final class CsvWriter implements AnswerWriter {
  private final PrintWriter out;

  /** Writes to {@code out}. */
  public CsvWriter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {
    Csv.print(out, header());
  }

  @Override
  public void write(Answer answer) {
    List<String> cells = new ArrayList<>();
    collect(answer.response(), cells, false);
    Csv.print(out, cells);
  }

  /** The columns' names. */
  public static List<String> header() {
    List<String> names = new ArrayList<>();
    collect(EstimateResponse.getDefaultInstance(), names, true);
    return List.copyOf(names);
  }

  private static void collect(Message message, List<String> cells, boolean names) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated() || holdsLists(field)) {
        continue;
      }
      Object value = message.getField(field);
      if (field.getJavaType() == JavaType.MESSAGE) {
        collect((Message) value, cells, names);
      } else {
        cells.add(names ? field.getName() : text(value));
      }
    }
  }

  private static boolean holdsLists(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && field.getMessageType().getFields().stream().anyMatch(FieldDescriptor::isRepeated);
  }

  private static String text(Object value) {
    return value instanceof EnumValueDescriptor constant ? constant.getName() : value.toString();
  }
}
