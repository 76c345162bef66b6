package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@link Operator#kind} may give, but for custom operators, which have names of their own. */
public final class OperatorKinds {
  private static final List<String> ALL =
      Stream.of(
              Stream.of("conv", "group-conv", "depthwise-conv", "transpose-conv"),
              Stream.of("fully-connected", "batch-matmul", "lstm", "prelu"),
              named("", PoolFunction.values(), "-pool"),
              named("global-", PoolFunction.values(), "-pool"),
              named("reduce-", ReduceFunction.values(), ""),
              named("", BinaryFunction.values(), ""),
              named("", UnaryFunction.values(), ""),
              named("resize-", ResizeMethod.values(), ""),
              Stream.of("concat", "split", "slice", "strided-slice", "pad", "reshape", "squeeze"),
              Stream.of("expand-dims", "transpose", "depth-to-space", "space-to-depth", "gather"),
              Stream.of("softmax", "log-softmax", "layer-norm", "argmax"),
              Stream.of("cast", "quantize", "dequantize"))
          .flatMap(kinds -> kinds)
          .toList();

  private OperatorKinds() {}

  private static Stream<String> named(String before, Enum<?>[] functions, String after) {
    return Stream.of(functions)
        .map(f -> before + f.name().toLowerCase(Locale.ROOT).replace('_', '-') + after);
  }

  /** All kinds. */
  public static List<String> all() {
    return ALL;
  }

  /** The kind whose spelling is nearest to {@code name}; case and punctuation do not count. */
  public static String nearest(String name) {
    String plain = plain(name.length() > 100 ? name.substring(0, 100) : name);
    return ALL.stream()
        .min(Comparator.comparingInt(kind -> Spelling.distance(plain, plain(kind))))
        .orElseThrow();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
