package dev.ppe.nas.study;

/**
 * Why a study cannot be had or gone on with. The message begins with the file and says what to do;
 * what was recorded before stays as it is.
 */
public final class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StudyException(String message) {
    super(line(message));
  }

  StudyException(String message, Throwable cause) {
    super(line(message), cause);
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
