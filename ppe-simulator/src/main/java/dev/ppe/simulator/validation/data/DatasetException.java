package dev.ppe.simulator.validation.data;

/** A file of measured figures that cannot be understood: names the place in it and the reason. */
public final class DatasetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A fault of a whole file or folder. */
  public DatasetException(String file, String reason) {
    super(file + ": " + reason);
  }

  /** A fault of one line, counted from 1. */
  DatasetException(String file, int line, String reason) {
    this(file, "line " + line + ": " + reason);
  }

  /** A fault of one field. */
  DatasetException(String file, int line, String column, String reason) {
    this(file, line, "column " + column + ": " + reason);
  }
}
