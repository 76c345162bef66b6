package dev.ppe.simulator.validation.claim;

import java.util.List;

/** Something said of networks on an Edge TPU that can be tried out. */
interface Claim {
  /** How it is called; {@code F10} stands for the paper's figure 10. */
  String id();

  /** What is claimed, in a sentence. */
  String statement();

  /** Tries it out. */
  Answer examine(Bench bench);

  /** What came out, see {@link Finding}. */
  record Answer(Verdict verdict, String reason, List<Exhibit> exhibits) {}

  /** The claim with what came out. */
  default Finding finding(Bench bench) {
    Answer answer = examine(bench);
    return new Finding(
        id(),
        statement(),
        bench.accelerator(),
        answer.verdict(),
        answer.reason(),
        answer.exhibits());
  }
}
