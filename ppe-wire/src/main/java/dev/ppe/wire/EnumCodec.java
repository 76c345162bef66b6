package dev.ppe.wire;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Between a domain enum and the wire's, whose constants are called the same after a prefix: {@code
 * RELU6} is {@code ACTIVATION_RELU6}. Beside them the wire has an unspecified value, number 0.
 *
 * @param <D> the domain's
 * @param <M> the wire's
 */
final class EnumCodec<D extends Enum<D>, M extends Enum<M> & ProtocolMessageEnum> {
  private final String prefix;
  private final Map<D, M> messages;
  private final Map<Integer, D> domain = new HashMap<>();

  /** Fails if the wire lacks one of the domain's constants. */
  EnumCodec(Class<D> domainType, Class<M> messageType, String prefix) {
    this.prefix = prefix;
    this.messages = new EnumMap<>(domainType);
    for (D constant : domainType.getEnumConstants()) {
      M message = Enum.valueOf(messageType, prefix + constant.name());
      messages.put(constant, message);
      domain.put(message.getNumber(), constant);
    }
  }

  M encode(D value) {
    M message = messages.get(value);
    if (message == null) {
      throw new IllegalStateException("the constructor has seen every constant: " + value);
    }
    return message;
  }

  /** The constant of a wire number, which must be specified. */
  D decode(String field, int number) {
    D value = domain.get(number);
    if (value == null) {
      throw FieldException.of(
          field,
          "is %s, must be one of %s".formatted(number == 0 ? "unspecified" : number, names()));
    }
    return value;
  }

  /** The constant of a wire number; {@code unspecified} for 0. */
  D decode(String field, int number, D unspecified) {
    return number == 0 ? unspecified : decode(field, number);
  }

  private String names() {
    return messages.keySet().stream()
        .map(constant -> prefix + constant.name())
        .collect(Collectors.joining(", "));
  }
}
