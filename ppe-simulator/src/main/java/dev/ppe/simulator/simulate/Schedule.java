package dev.ppe.simulator.simulate;

/**
 * When each instruction of a program ran.
 *
 * @param start first cycle of each instruction
 * @param finish first cycle after each instruction
 * @param waitedFor for each instruction the one whose end let it start, or -1 if it started at once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the hot loop's output
public record Schedule(long[] start, long[] finish, int[] waitedFor) {

  /** How long an instruction held its block. */
  long cycles(int instruction) {
    return finish[instruction] - start[instruction];
  }

  /**
   * The instruction that ended last; the first such in program order, or -1 in an empty program.
   */
  int lastToFinish() {
    int last = -1;
    for (int i = 0; i < finish.length; i++) {
      if (last < 0 || finish[i] > finish[last]) {
        last = i;
      }
    }
    return last;
  }

  /** When all had ended: 0 for an empty program. */
  long end() {
    int last = lastToFinish();
    return last < 0 ? 0 : finish[last];
  }
}
