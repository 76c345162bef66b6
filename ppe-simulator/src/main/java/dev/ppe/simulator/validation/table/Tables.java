package dev.ppe.simulator.validation.table;

import java.util.List;
import java.util.Optional;

/** The register of tables. */
public final class Tables {
  private static final List<ValidationTable> ALL =
      List.of(
          new Pixel6(),
          CoralNamedModels.USB,
          CoralNamedModels.DEV_BOARD,
          new CoralSweep(false),
          new CoralSweep(true),
          CompilerTable.CYCLES,
          CompilerTable.PARAMETERS,
          CompilerTable.MEMORY,
          CompilerTable.INSTRUCTIONS,
          CompilerTable.TRANSFERS,
          new SystolicLayers());

  private Tables() {}

  /** All tables, in the order in which they are shown. */
  public static List<ValidationTable> all() {
    return ALL;
  }

  /** The table of that id. */
  public static Optional<ValidationTable> find(String id) {
    return ALL.stream().filter(table -> table.id().equals(id)).findFirst();
  }
}
