package dev.ppe.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import dev.ppe.server.RequestCounts.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message of a type takes in memory by itself, and what each of its fields adds.
 *
 * <p>By the layout of HotSpot's objects with compressed references: 12 bytes of header, all sizes
 * multiples of 8. A heap of 32 GiB and more has larger ones, and room for them.
 *
 * @param instance bytes of the object
 * @param fields by number; {@link Field#UNKNOWN} where there is none
 */
record MessageLayout(long instance, List<Field> fields) {
  private static final int HEADER = 12;
  private static final int REFERENCE = 4;
  private static final int ALIGNMENT = 8;

  /** What every generated message has: two memoized integers, a flag, its unknown fields. */
  private static final int MESSAGE = HEADER + 4 + 4 + 1 + REFERENCE;

  /** A list of numbers, with the ten places that it has from the start. */
  private static final int NUMBERS = 88;

  /** A list of anything else, and a view of it that cannot be changed. */
  private static final int LIST = 120;

  /** An {@code int} or a reference in a list that grows by half its length. */
  private static final int PLACE = 6;

  /** A string and its array, but for the characters; the same of a string of bytes. */
  private static final int TEXT = 48;

  /** An entry of a hash map with its places in two tables and a boxed number. */
  private static final int MAP_ENTRY = 96;

  /** A map of a message, as long as it is small. */
  private static final int MAP = 256;

  private static final int MOST_FIELDS = Long.SIZE;

  /** What the bytes of a field stand for. */
  enum Kind {
    /** Nothing that is kept. */
    UNKNOWN,
    /** One number; or several, of which each is written with a tag. */
    NUMBER,
    /** Any number of numbers, each of one byte or more. */
    NUMBERS,
    /** Characters. */
    TEXT,
    /** Bytes. */
    BYTES,
    /** Bytes of a model file. */
    MODEL,
    /** A message. */
    MESSAGE
  }

  /**
   * A field.
   *
   * @param index among the fields of its message
   * @param first bytes that it adds when it is there at all
   * @param each bytes that each of its elements adds besides
   * @param counted with what its elements are counted
   * @param message of a field of messages; of others, empty
   */
  record Field(int index, Kind kind, int first, int each, Counted counted, MessageLayout message) {
    private static final MessageLayout NOTHING = new MessageLayout(0, List.of());

    static final Field UNKNOWN = new Field(0, Kind.UNKNOWN, 0, 0, Counted.FIELDS, NOTHING);
  }

  /**
   * What of messages is more than what is written in them.
   *
   * @param beside bytes that count for each message of these types besides
   * @param models fields of model files
   * @param counted with what the elements of these lists are counted
   */
  record Meaning(
      Map<Descriptor, Integer> beside,
      Set<FieldDescriptor> models,
      Map<FieldDescriptor, Counted> counted) {}

  /** The layout of a type, in which no message may contain one of its own type. */
  static MessageLayout of(Descriptor type, Meaning meaning) {
    List<FieldDescriptor> fields = type.getFields();
    if (fields.size() > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "%s has %d fields, %d can be told apart"
              .formatted(type.getFullName(), fields.size(), MOST_FIELDS));
    }
    int numbers = fields.stream().mapToInt(FieldDescriptor::getNumber).max().orElse(-1) + 1;
    Field[] byNumber = new Field[numbers];
    Arrays.fill(byNumber, Field.UNKNOWN);
    for (FieldDescriptor field : fields) {
      byNumber[field.getNumber()] = field(field, meaning);
    }
    return new MessageLayout(
        instance(type) + meaning.beside().getOrDefault(type, 0), List.of(byNumber));
  }

  Field field(int number) {
    return number < fields.size() ? fields.get(number) : Field.UNKNOWN;
  }

  private static long instance(Descriptor type) {
    if (type.getOptions().getMapEntry()) {
      return MAP_ENTRY;
    }
    int presence = (type.getFields().size() + Integer.SIZE - 1) / Integer.SIZE * Integer.BYTES;
    long bytes = (long) MESSAGE + presence;
    long maps = 0;
    for (FieldDescriptor field : type.getFields()) {
      if (field.getRealContainingOneof() == null) {
        bytes += field.isRepeated() ? REFERENCE + Integer.BYTES : bytes(field.getJavaType());
      }
      maps += field.isMapField() ? MAP : 0;
    }
    bytes += (long) type.getRealOneofs().size() * (Integer.BYTES + REFERENCE); // which, and itself
    return (bytes + ALIGNMENT + Integer.BYTES - 1) / ALIGNMENT * ALIGNMENT + maps;
  }

  private static int bytes(JavaType type) {
    return switch (type) {
      case LONG, DOUBLE -> Long.BYTES;
      case INT, FLOAT, BOOLEAN, ENUM -> Integer.BYTES;
      case STRING, BYTE_STRING, MESSAGE -> REFERENCE;
    };
  }

  private static Field field(FieldDescriptor field, Meaning meaning) {
    Counted counted = meaning.counted().getOrDefault(field, counted(field));
    boolean many = field.isRepeated();
    int list = many ? LIST : 0;
    int place = many ? PLACE : 0;
    return switch (field.getJavaType()) {
      case STRING -> leaf(field, Kind.TEXT, list, place + TEXT, counted);
      case BYTE_STRING ->
          leaf(
              field,
              meaning.models().contains(field) ? Kind.MODEL : Kind.BYTES,
              list,
              place + TEXT,
              counted);
      case MESSAGE ->
          new Field(
              field.getIndex(),
              Kind.MESSAGE,
              list,
              place,
              counted,
              of(field.getMessageType(), meaning));
      case INT, FLOAT, BOOLEAN, ENUM, LONG, DOUBLE ->
          many
              ? leaf(
                  field,
                  Kind.NUMBERS,
                  NUMBERS,
                  PLACE * bytes(field.getJavaType()) / REFERENCE,
                  counted)
              : leaf(field, Kind.NUMBER, 0, 0, counted);
    };
  }

  private static Counted counted(FieldDescriptor field) {
    if (!field.isRepeated()) {
      return Counted.FIELDS;
    }
    return switch (field.getJavaType()) {
      case STRING, BYTE_STRING, MESSAGE -> Counted.ENTRIES;
      case INT, FLOAT, BOOLEAN, ENUM, LONG, DOUBLE -> Counted.NUMBERS;
    };
  }

  private static Field leaf(
      FieldDescriptor field, Kind kind, int first, int each, Counted counted) {
    return new Field(field.getIndex(), kind, first, each, counted, Field.NOTHING);
  }
}
