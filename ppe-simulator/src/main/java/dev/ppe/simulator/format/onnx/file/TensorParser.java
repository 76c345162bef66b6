package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.onnx.file.ListedNumbers.Encoding;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Reads one TensorProto. Its elements are counted and passed over; the place of a short list is
 * kept, since it may be an attribute.
 */
final class TensorParser {
  private static final int EXTERNAL = 1;

  private final ProtoReader in;
  private final List<Integer> dimensions = new ArrayList<>();
  private ListedNumbers numbers = ListedNumbers.NONE;
  private double[] moved = {}; // those of several fields
  private String name = "";
  private String same = "";
  private int elementType;
  private long listed;
  private long strings;
  private Optional<ByteBuffer> raw = Optional.empty();
  private long dataLocation;
  private String location = "";
  private long offset;
  private OptionalLong length = OptionalLong.empty();

  private TensorParser(ProtoReader in) {
    this.in = in;
  }

  /** The tensor that the current field is. */
  static StoredTensor parse(ProtoReader in) {
    return in.message(() -> new TensorParser(in).read());
  }

  /** The SparseTensorProto that the current field is, as the dense tensor it stands for. */
  static StoredTensor parseSparse(ProtoReader in) {
    return in.message(
        () -> {
          TensorParser dense = new TensorParser(in);
          Optional<StoredTensor> values = Optional.empty();
          while (in.next()) {
            switch (in.field()) {
              case 1 -> values = Optional.of(parse(in));
              case 3 -> in.wholes(dense::dimension);
              default -> in.skip();
            }
          }
          if (values.isEmpty()) {
            throw in.malformed("a sparse tensor without values");
          }
          StoredTensor found = values.get();
          return new StoredTensor(
              found.name(), dense.shape(), found.type(), found.data(), /* sparse= */ true, "");
        });
  }

  private StoredTensor read() {
    while (in.next()) {
      field();
    }
    try {
      DataType type = ElementTypes.of(elementType);
      StoredTensor tensor =
          new StoredTensor(name, shape(), type, data(), /* sparse= */ false, same);
      requireSize(tensor);
      return tensor;
    } catch (ModelFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          "stored tensor \"" + name + "\"", String.valueOf(e.getMessage()));
    }
  }

  private void field() {
    switch (in.field()) {
      case 1 -> in.wholes(this::dimension);
      case 2 -> elementType = in.whole32();
      case 4 -> list(Encoding.WORDS);
      case 5, 7, 11 -> list(Encoding.WHOLES);
      case 6 -> {
        in.skip();
        strings++;
      }
      case 8 -> name = in.text();
      case 9 -> raw = Optional.of(in.bytes());
      case 10 -> list(Encoding.LONG_WORDS);
      case 12 -> same = in.note();
      case 13 -> in.message(this::external);
      case 14 -> dataLocation = in.whole();
      default -> in.skip();
    }
  }

  private void dimension(long size) {
    if (size < 0 || size > Integer.MAX_VALUE || dimensions.size() >= Shape.MAX_RANK) {
      throw in.malformed(
          "dimension %d of a stored tensor is %d".formatted(dimensions.size(), size));
    }
    dimensions.add((int) size);
  }

  /** Numbers of the current field; in most tensors that is all of them. */
  private void list(Encoding encoding) {
    if (listed > 0 && moved.length == 0) {
      moved = Arrays.copyOf(numbers.read(), Data.Listed.KEPT);
    }
    long before = listed;
    LongConsumer each =
        bits -> {
          if (listed < moved.length) {
            moved[(int) listed] = encoding.number(bits);
          }
          listed++;
        };
    ByteBuffer bytes =
        switch (encoding) {
          case WHOLES -> in.wholes(each);
          case WORDS -> in.words(each);
          case LONG_WORDS -> in.longWords(each);
        };
    if (before == 0 && listed <= Data.Listed.KEPT) {
      numbers = new ListedNumbers(encoding, bytes, (int) listed);
    }
  }

  private ListedNumbers listed() {
    if (listed > Data.Listed.KEPT) {
      return ListedNumbers.NONE;
    }
    return moved.length == 0 ? numbers : ListedNumbers.of(Arrays.copyOf(moved, (int) listed));
  }

  /** A StringStringEntryProto: key 1, value 2. */
  private boolean external() {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    switch (key) {
      case "location" -> location = value;
      case "offset" -> offset = size(key, value);
      case "length" -> length = OptionalLong.of(size(key, value));
      default -> {} // a checksum, for example
    }
    return true;
  }

  private long size(String key, String value) {
    try {
      long size = Long.parseLong(value.strip());
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw in.malformed("the %s of external data is \"%s\"".formatted(key, value));
  }

  private Shape shape() {
    return Shape.of(dimensions);
  }

  private Data data() {
    if (dataLocation == EXTERNAL) {
      return new Data.External(location, offset, length);
    }
    return raw.<Data>map(Data.Raw::new)
        .orElseGet(() -> new Data.Listed(listed(), listed + strings));
  }

  private static void requireSize(StoredTensor tensor) {
    long elements = tensor.shape().elements();
    long packed = tensor.type().bytes(elements);
    switch (tensor.data()) {
      case Data.Raw stored when tensor.type() == DataType.OPAQUE -> {}
      case Data.Raw stored -> require(tensor, stored.bytes().remaining(), packed, "bytes");
      case Data.Listed stored when tensor.type() == DataType.OPAQUE -> {}
      case Data.Listed stored when tensor.type() == DataType.INT4 -> {}
      case Data.Listed stored -> require(tensor, stored.count(), elements, "elements");
      case Data.External stored ->
          require(tensor, stored.length().orElse(packed), packed, "bytes of external data");
    }
  }

  private static void require(StoredTensor tensor, long found, long wanted, String what) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          "%s elements of %s take %d %s, but %d are stored"
              .formatted(tensor.shape(), tensor.type(), wanted, what, found));
    }
  }
}
