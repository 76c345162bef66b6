package dev.ppe.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/** Changes single fields of messages to values that are likelier than others to find mistakes. */
final class FieldMutator {
  private static final int[] NUMBERS = {
    0, 1, -1, 2, 3, 7, 8, 9, 255, 65_535, 65_536, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private final Random random;

  FieldMutator(long seed) {
    this.random = new Random(seed);
  }

  void mutate(Message.Builder message, int changes) {
    for (int i = 0; i < changes; i++) {
      mutate(message);
    }
  }

  /** Goes down a random path of set fields and changes the one at its end. */
  private void mutate(Message.Builder message) {
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    List<FieldDescriptor> set = List.copyOf(message.getAllFields().keySet());
    if (!set.isEmpty() && random.nextInt(8) != 0) {
      field = set.get(random.nextInt(set.size()));
    }
    if (field.isMapField()) {
      Message.Builder entry = message.newBuilderForField(field);
      mutate(entry, 2);
      message.addRepeatedField(field, entry.build());
    } else if (field.isRepeated()) {
      mutateElement(message, field);
    } else if (random.nextInt(20) == 0) {
      message.clearField(field);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      mutate(message.getFieldBuilder(field));
    } else {
      message.setField(field, value(field));
    }
  }

  private void mutateElement(Message.Builder message, FieldDescriptor field) {
    boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    int count = message.getRepeatedFieldCount(field);
    if (count == 0 || random.nextInt(20) == 0) {
      message.addRepeatedField(
          field, nested ? message.newBuilderForField(field).build() : value(field));
    } else if (nested) {
      mutate(message.getRepeatedFieldBuilder(field, random.nextInt(count)));
    } else {
      message.setRepeatedField(field, random.nextInt(count), value(field));
    }
  }

  private Object value(FieldDescriptor field) {
    int number = NUMBERS[random.nextInt(NUMBERS.length)];
    return switch (field.getJavaType()) {
      case INT -> number;
      case LONG -> random.nextBoolean() ? number : (long) number << 31;
      case FLOAT -> (float) number;
      case DOUBLE -> (double) number;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> random.nextBoolean() ? "" : "x".repeat(random.nextInt(100));
      case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(9)]);
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(20));
      case MESSAGE -> throw new AssertionError(field);
    };
  }
}
