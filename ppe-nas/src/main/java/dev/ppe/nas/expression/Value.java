package dev.ppe.nas.expression;

import java.math.BigDecimal;

/** What an expression comes to. */
public sealed interface Value {
  /** A number, whole or not. */
  record Numeric(double value) implements Value {
    public Numeric {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a number is not finite");
      }
    }

    /** The shortest decimal form: 3, 0.625. */
    @Override
    public String toString() {
      return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
  }

  /** A word, such as the kind of a block. */
  record Text(String value) implements Value {
    @Override
    public String toString() {
      return value;
    }
  }

  /** The answer to a condition. */
  enum Truth implements Value {
    TRUE,
    FALSE;

    /** The constant for a {@code boolean}. */
    public static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public String toString() {
      return this == TRUE ? "true" : "false";
    }
  }

  /** What cannot be told, since it depends on a parameter that is not in use. */
  enum Unknown implements Value {
    UNKNOWN;

    @Override
    public String toString() {
      return "unknown";
    }
  }

  /** What kind of value it is, for people. */
  default String kind() {
    return switch (this) {
      case Numeric number -> "a number";
      case Text text -> "a word";
      case Truth truth -> "true or false";
      case Unknown unknown -> "unknown";
    };
  }
}
