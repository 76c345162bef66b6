package dev.ppe.nas.study;

/** Hears of a search as it goes on, in the thread that runs it. */
public interface StudyListener {
  /** Hears nothing. */
  StudyListener NONE =
      new StudyListener() {
        @Override
        public void begun(Study study) {}

        @Override
        public void recorded(Trial trial) {}
      };

  /** The search begins, or goes on behind what the study holds already. */
  void begun(Study study);

  /** A trial has an outcome, and it is written down. */
  void recorded(Trial trial);
}
