/**
 * Searches that survive anything. A {@link dev.ppe.nas.study.StudyFile} holds all that a search is
 * and every trial of it; a {@link dev.ppe.nas.study.StudyRun} goes on where the file ends.
 *
 * <p>The points of a batch are written before they are evaluated, and outcomes as they come. A
 * back-end's state is never written: it is rebuilt by asking and telling it the recorded batches
 * again. So the trials of a study depend on its definition alone, however often it was killed and
 * however many workers there were.
 */
@NullMarked
package dev.ppe.nas.study;

import org.jspecify.annotations.NullMarked;
