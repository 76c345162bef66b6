package dev.ppe.nas.cost;

/** A file that holds no cost model, or none that fits. The message names file and field. */
public final class CostFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  CostFileException(String file, String problem) {
    super(line(file + ": " + problem));
  }

  /** Damaged files have any text whatsoever in them. */
  private static String line(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }

  /** What is wrong; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
