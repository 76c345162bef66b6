package dev.ppe.nas.quality;

/** Where the quality of candidates comes from. Safe for use by many threads. */
public interface QualitySource {
  /** What reports call it: whoever reads a figure must know what it is. */
  String name();

  /**
   * The quality of a candidate; may take as long as a training does.
   *
   * @throws java.io.UncheckedIOException if the machine is at fault: nothing is known of the
   *     candidate then, and others would fare no better
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Quality of(Candidate candidate) throws InterruptedException;
}
