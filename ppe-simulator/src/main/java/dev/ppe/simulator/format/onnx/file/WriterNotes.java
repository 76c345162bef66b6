package dev.ppe.simulator.format.onnx.file;

/**
 * What the writer notes in doc strings, so that a file is read as the very network it was.
 *
 * <p>The format lacks some operators, and has others in several forms; other tools spell things out
 * that an importer puts together, and insert transpositions and conversions that it leaves out. In
 * a file of ours a node that stands for an operator of the network names its kind; those around it,
 * which only help, name nothing. So neither is taken for the other. A stored tensor that is there
 * in several shapes names the first.
 */
public final class WriterNotes {
  /** Of an input: a feature map, with its channels in front. */
  public static final String MAP = "feature map";

  /** Of an input: anything else, in the network's own axis order. */
  public static final String TENSOR = "tensor";

  private static final String PREFIX = "ppe: ";

  private WriterNotes() {}

  /** The doc string for a note. */
  public static String write(String note) {
    return PREFIX + note;
  }

  /** The note in a doc string, empty if another tool wrote it. */
  static String read(String doc) {
    return doc.startsWith(PREFIX) ? doc.substring(PREFIX.length()) : "";
  }
}
