package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.FeasibleSpace;
import dev.ppe.foreign.katib.ParameterSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The choices of a parameter as texts, which is how Katib has all values. */
final class Choices {
  /** Numbers whose decimal form stays short. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,15}(\\.[0-9]{0,15})?([eE][-+]?[0-9]{1,2})?");

  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST = 10_000;

  private final String name;
  private final List<String> texts;
  private final Map<String, Integer> byText = new HashMap<>();

  /** Empty where no other text may stand for a choice. Its keys have no trailing zeros. */
  private final Map<BigDecimal, Integer> byNumber = new HashMap<>();

  private Choices(String name, List<String> texts, boolean numeric) {
    this.name = name;
    this.texts = List.copyOf(texts);
    for (int i = 0; i < texts.size(); i++) {
      byText.put(texts.get(i), i);
      if (numeric) {
        byNumber.putIfAbsent(new BigDecimal(texts.get(i)).stripTrailingZeros(), i);
      }
    }
  }

  String name() {
    return name;
  }

  List<String> texts() {
    return texts;
  }

  static Choices of(ParameterSpec spec) {
    String name = spec.getName();
    if (name.isEmpty() || name.length() > LONGEST_TEXT) {
      throw Refused.invalid("a parameter's name has %d characters".formatted(name.length()));
    }
    FeasibleSpace space = spec.getFeasibleSpace();
    checkDistribution(name, space);
    return switch (spec.getParameterType()) {
      case CATEGORICAL -> listed(name, space, false);
      case DISCRETE -> listed(name, space, true);
      case INT -> range(name, space, space.getStep().isEmpty() ? "1" : space.getStep(), true);
      case DOUBLE -> {
        if (space.getStep().isEmpty()) {
          throw Refused.invalid(
              "%s is a double without step: it has no end of values; give feasibleSpace.step"
                  .formatted(name));
        }
        yield range(name, space, space.getStep(), false);
      }
      case UNKNOWN_TYPE, UNRECOGNIZED ->
          throw Refused.invalid(name + " has no parameter type that is known here");
    };
  }

  private static void checkDistribution(String name, FeasibleSpace space) {
    switch (space.getDistribution()) {
      case DISTRIBUTION_UNSPECIFIED, UNIFORM -> {}
      case LOG_UNIFORM, NORMAL, LOG_NORMAL, UNRECOGNIZED ->
          throw Refused.invalid(
              "%s: feasibleSpace.distribution is %s, must be uniform or left out"
                  .formatted(name, space.getDistribution().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Choices listed(String name, FeasibleSpace space, boolean numeric) {
    List<String> texts = space.getListList();
    checkCount(name, BigInteger.valueOf(texts.size()));
    for (String text : texts) {
      if (text.length() > LONGEST_TEXT) {
        throw Refused.invalid("%s has a value of %d characters".formatted(name, text.length()));
      }
      if (numeric) {
        number(name, "feasibleSpace.list", text);
      }
    }
    if (new HashSet<>(texts).size() < texts.size()) {
      throw Refused.invalid(name + " has a value twice");
    }
    return new Choices(name, texts, numeric);
  }

  private static Choices range(String name, FeasibleSpace space, String stepText, boolean whole) {
    BigDecimal min = number(name, "feasibleSpace.min", space.getMin());
    BigDecimal max = number(name, "feasibleSpace.max", space.getMax());
    BigDecimal step = number(name, "feasibleSpace.step", stepText);
    if (step.signum() <= 0 || max.compareTo(min) < 0) {
      throw Refused.invalid(
          "%s goes from %s to %s in steps of %s, must go up"
              .formatted(name, space.getMin(), space.getMax(), stepText));
    }
    if (whole && !(isWhole(min) && isWhole(step))) {
      throw Refused.invalid(
          "%s is an int from %s in steps of %s, must be whole numbers"
              .formatted(name, space.getMin(), stepText));
    }
    BigInteger count =
        max.subtract(min).divide(step, 0, RoundingMode.FLOOR).toBigInteger().add(BigInteger.ONE);
    checkCount(name, count);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count.intValueExact(); i++) {
      texts.add(plain(min.add(step.multiply(BigDecimal.valueOf(i)))));
    }
    return new Choices(name, texts, true);
  }

  private static void checkCount(String name, BigInteger count) {
    if (count.signum() == 0) {
      throw Refused.invalid(name + " has no values");
    }
    if (count.compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw Refused.invalid("%s has more than %d values; give a larger step".formatted(name, MOST));
    }
  }

  private static BigDecimal number(String name, String field, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Refused.invalid("%s: %s is \"%.100s\", must be a number".formatted(name, field, text));
    }
    return new BigDecimal(text);
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** The choice of a text. */
  OptionalInt choice(String text) {
    Integer index = byText.get(text);
    if (index == null && !byNumber.isEmpty() && NUMBER.matcher(text).matches()) {
      index = byNumber.get(new BigDecimal(text).stripTrailingZeros());
    }
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
