package dev.ppe.client.report;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.ppe.report.answer.Names;
import dev.ppe.v1.Accelerator;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The whole description of an accelerator in its YAML form, whose fields have the contract's names:
 * what is printed is a file that may be changed and given back.
 */
public final class AcceleratorText {
  private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private AcceleratorText() {}

  /** Prints the file. */
  public static void print(PrintWriter out, Accelerator accelerator) {
    out.println("# " + AcceleratorTable.peak(accelerator) + " at the peak");
    print(out, accelerator, "");
  }

  private static void print(PrintWriter out, Message message, String indent) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated() && field.getJavaType() == JavaType.MESSAGE) {
        out.println(indent + field.getName() + ":");
        for (Object element : (List<?>) message.getField(field)) {
          out.println(indent + "  - " + inOneLine((Message) element));
        }
      } else if (field.isRepeated()) {
        out.println(indent + field.getName() + ": " + list((List<?>) message.getField(field)));
      } else if (isGiven(message, field) && field.getJavaType() != JavaType.MESSAGE) {
        out.println(indent + field.getName() + ": " + text(message.getField(field)));
      } else if (isGiven(message, field)) {
        out.println(indent + field.getName() + ":");
        print(out, (Message) message.getField(field), indent + "  ");
      }
    }
  }

  private static String inOneLine(Message message) {
    return message.getDescriptorForType().getFields().stream()
        .map(field -> field.getName() + ": " + text(message.getField(field)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** What may be left out is not printed where it is. */
  private static boolean isGiven(Message message, FieldDescriptor field) {
    return !field.hasPresence() || message.hasField(field);
  }

  private static String list(List<?> values) {
    return values.stream().map(AcceleratorText::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(Object value) {
    return switch (value) {
      case EnumValueDescriptor constant -> spelling(constant);
      case String text when !text.matches("[A-Za-z][A-Za-z0-9_-]*") -> quoted(text);
      default -> value.toString();
    };
  }

  /** The constant without its type's name before it: {@code DATA_TYPE_INT8} is {@code int8}. */
  private static String spelling(EnumValueDescriptor constant) {
    String prefix =
        WORD.matcher(constant.getType().getName()).replaceAll("_").toUpperCase(Locale.ROOT) + "_";
    return constant.getName().substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String quoted(String text) {
    return '"' + Names.printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
