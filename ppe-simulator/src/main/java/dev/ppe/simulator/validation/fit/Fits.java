package dev.ppe.simulator.validation.fit;

import java.util.List;

/** The register of fits: which constants, and all the rows that can see them. */
public final class Fits {
  /** What the command line calls them. */
  public static final String ID = "fits";

  private static final String USB = "coral-usb";
  private static final String BOARD = "coral-dev-board";
  private static final String PCIE = "coral-pcie";
  private static final String OVERHEAD = "invocation.overhead_ns";
  private static final String TO_DEVICE = "host_link.to_device_bytes_per_second";

  /** The silicon behind three hosts: what belongs to it is one constant, a host's is its own. */
  private static final ConstantFit CORAL =
      new ConstantFit(
          "coral",
          List.of(
              FitRows.of(USB),
              FitRows.of(BOARD),
              FitRows.of("coral-conv5"),
              FitRows.of("coral-dense", "cached"),
              FitRows.of("coral-dense", "streamed")),
          List.of(
              FittedConstant.of(OVERHEAD, USB),
              FittedConstant.of(OVERHEAD, BOARD),
              FittedConstant.of(OVERHEAD, PCIE),
              FittedConstant.of("invocation.layer_overhead_ns", USB, BOARD, PCIE),
              FittedConstant.of(TO_DEVICE, USB),
              FittedConstant.of(TO_DEVICE, BOARD, PCIE),
              FittedConstant.of("host_link.from_device_bytes_per_second", USB, BOARD, PCIE)));

  private static final ConstantFit TENSOR_G1 =
      new ConstantFit(
          "tensor-g1",
          List.of(FitRows.of("pixel6")),
          List.of(
              FittedConstant.of(OVERHEAD, "tensor-g1"),
              FittedConstant.of("dram.bytes_per_second", "tensor-g1")));

  /** What a program consists of; the first term, and what two rows alone show, is not fitted. */
  private static final ConstantFit EARLY =
      instructions("early", "coral-compiler", "per_layer", "per_row", "per_uneven");

  private static final ConstantFit LATE =
      instructions("late", "coral-compiler-late", "per_layer", "per_uneven", "per_part");

  private static final List<ConstantFit> ALL = List.of(TENSOR_G1, CORAL, EARLY, LATE);

  private Fits() {}

  private static ConstantFit instructions(String generation, String preset, String... terms) {
    return new ConstantFit(
        preset,
        List.of(FitRows.of("compiler-instructions", generation)),
        List.of(terms).stream()
            .map(term -> FittedConstant.of("invocation.instructions." + term, preset))
            .toList());
  }

  /** All of them, in the order in which they are shown. */
  public static List<ConstantFit> all() {
    return ALL;
  }
}
