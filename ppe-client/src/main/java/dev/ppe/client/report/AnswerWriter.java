package dev.ppe.client.report;

/** Prints answers one after the other, each as soon as it is there. */
public interface AnswerWriter {
  /** What stands before the first answer, even where none follows. */
  default void begin() {}

  /** One answer. */
  void write(Answer answer);

  /** What stands after the last answer. */
  default void end() {}
}
