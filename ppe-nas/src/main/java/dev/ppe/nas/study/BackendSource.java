package dev.ppe.nas.study;

import dev.ppe.nas.backend.Backend;

/** Makes the back-end of a study: one that has seen nothing yet. */
@FunctionalInterface
public interface BackendSource {
  /** Those of this process. */
  BackendSource LOCAL =
      (study, identity) -> study.definition().newBackend(study.space(), study.objective());

  /**
   * The back-end.
   *
   * @param identity of a study whose back-end is on a server: no other study has it; else empty
   * @throws IllegalArgumentException if it does not take the study's settings or goals
   */
  Backend open(Study study, String identity);
}
