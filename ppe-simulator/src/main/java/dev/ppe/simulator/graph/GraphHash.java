package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * SHA-256 over everything of a canonical graph that can change an answer: operators with their
 * attributes, wiring, shapes, types, roles, and whether weights have a scale for each channel; no
 * names, no scales, and nothing else of how integers stand for reals, which costs nothing.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record GraphHash(String hex) {
  /** A record's accessors, looked up once: a new attribute can never be forgotten here. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  static GraphHash of(Graph canonical, Interruption interruption) {
    Encoder encoder = new Encoder();
    encoder.put(canonical.inputs());
    encoder.put(canonical.outputs());
    encoder.put(canonical.tensors().size());
    Set<Integer> scaled = CanonicalWeights.scaled(canonical, interruption);
    for (int index = 0; index < canonical.tensors().size(); index++) {
      interruption.check();
      Tensor tensor = canonical.tensor(index);
      encoder.put(scaled.contains(index) ? 1 : 0);
      encoder.put(tensor.role());
      encoder.put(tensor.type());
      encoder.put(tensor.shape().rank());
      for (int i = 0; i < tensor.shape().rank(); i++) {
        encoder.put(tensor.shape().dim(i));
      }
    }
    for (Node node : canonical.nodes()) {
      interruption.check();
      encoder.put(node.inputs());
      encoder.put(node.outputs());
      encoder.put((Record) node.operator());
    }
    return new GraphHash(encoder.hex());
  }

  /** Writes values so that different ones never give the same bytes. */
  private static final class Encoder {
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

    Encoder() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    void put(int value) {
      if (buffer.remaining() < Integer.BYTES) {
        flush();
      }
      buffer.putInt(value);
    }

    void put(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      put(bytes.length);
      if (buffer.remaining() < bytes.length) {
        flush();
      }
      if (buffer.remaining() < bytes.length) {
        digest.update(bytes);
      } else {
        buffer.put(bytes);
      }
    }

    void put(Enum<?> value) {
      put(value.name());
    }

    void put(List<?> values) {
      put(values.size());
      values.forEach(this::putValue);
    }

    void put(Record value) {
      put(value.getClass().getSimpleName());
      for (RecordComponent component : COMPONENTS.get(value.getClass())) {
        try {
          putValue(component.getAccessor().invoke(value));
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException("operator records are public: " + component, e);
        }
      }
    }

    private void putValue(Object value) {
      switch (value) {
        case Integer number -> put(number.intValue());
        case Boolean flag -> put(flag ? 1 : 0);
        case String text -> put(text);
        case Enum<?> constant -> put(constant);
        case List<?> list -> put(list);
        case Record nested -> put(nested);
        default -> throw new IllegalStateException("cannot hash a " + value.getClass());
      }
    }

    private void flush() {
      digest.update(buffer.flip());
      buffer.clear();
    }

    String hex() {
      flush();
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
