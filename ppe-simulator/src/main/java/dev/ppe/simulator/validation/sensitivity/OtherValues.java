package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that stand for all others that an assumption might have: numbers to half and to twice
 * what they are, up to 8 by one, banks to one and twice as many, upsampling to none and to 64
 * times; flags and choices to all others. Lists of numbers have those above 1 varied by one; lists
 * of types lose the last. What is nothing (0, an empty list) becomes what Coral has.
 */
final class OtherValues {
  private static final String BANKS = "pe_memory.banks";
  private static final String UPSAMPLING = "placement.max_upsampling";

  /** Numbers up to here are varied by 1. */
  private static final long SMALL = 8;

  private static final Pattern NUMBERS = Pattern.compile("\\[(\\d{1,6}(?:, *\\d{1,6})*)\\]");
  private static final Pattern TYPES = Pattern.compile("\\[([a-z0-9]+(?:, *[a-z0-9]+)+)\\]");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "grid.split", names(Split.values()),
          "pe_memory.overflow", names(Overflow.values()),
          "dram.part", DramParts.names());

  private OtherValues() {}

  /**
   * The other values, as the file would have them; none if nobody knows what else there could be.
   *
   * @param coral what Coral has at a path, as YAML; empty if it has nothing there
   */
  static List<String> of(Assumption assumption, Function<String, String> coral) {
    String value = assumption.value();
    if (assumption.isFlag()) {
      return List.of(Boolean.toString(!Boolean.parseBoolean(value)));
    }
    if (value.equals("0") || value.equals("[]")) {
      String nonzero = coral.apply(assumption.path());
      return nonzero.isEmpty() || nonzero.equals(value) ? List.of() : List.of(nonzero);
    }
    if (assumption.isNumber()) {
      return numbers(assumption.path(), Long.parseLong(value)).stream()
          .map(String::valueOf)
          .toList();
    }
    Matcher numbers = NUMBERS.matcher(value);
    if (numbers.matches()) {
      return lists(numbers.group(1).split(", *", -1));
    }
    Matcher types = TYPES.matcher(value);
    if (types.matches()) {
      return List.of(value.substring(0, value.lastIndexOf(',')) + "]");
    }
    return CHOICES.getOrDefault(assumption.path(), List.of()).stream()
        .filter(choice -> !choice.equals(value))
        .toList();
  }

  private static List<Long> numbers(String path, long number) {
    if (path.equals(BANKS)) {
      return List.of(1L, 2 * number);
    }
    if (path.equals(UPSAMPLING)) {
      return List.of(1L, 64L);
    }
    return number <= SMALL ? List.of(number - 1, number + 1) : List.of(number / 2, 2 * number);
  }

  /** All numbers above 1 one less, and all of them one more. */
  private static List<String> lists(String[] numbers) {
    List<String> lists = new ArrayList<>();
    for (int step : new int[] {-1, 1}) {
      lists.add(
          Arrays.stream(numbers)
              .mapToLong(Long::parseLong)
              .map(number -> number > 1 ? number + step : number)
              .boxed()
              .toList()
              .toString());
    }
    return lists;
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}
