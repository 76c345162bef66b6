package dev.ppe.client.cli;

/** Characters in a line of a table: as the shell's COLUMNS says where it is exported. */
public final class TextWidth {
  private static final int USUAL = 100;
  private static final int LEAST = 80;
  private static final int MOST = 160;

  private TextWidth() {}

  public static int get() {
    String columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("\\d{1,4}")) {
      return USUAL;
    }
    return Math.clamp(Integer.parseInt(columns), LEAST, MOST);
  }
}
