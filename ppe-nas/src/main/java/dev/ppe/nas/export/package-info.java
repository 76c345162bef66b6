/**
 * Chosen trials as files for training and deployment: {@link dev.ppe.nas.export.StudyExport} writes
 * their networks, the study's trials, and a {@linkplain dev.ppe.nas.export.TrainingManifest
 * manifest} that says what each file is.
 */
@NullMarked
package dev.ppe.nas.export;

import org.jspecify.annotations.NullMarked;
