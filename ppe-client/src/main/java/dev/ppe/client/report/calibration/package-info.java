/**
 * What a calibration came to, printed: {@link dev.ppe.client.report.calibration.CalibrationWriter}
 * in three forms.
 */
@NullMarked
package dev.ppe.client.report.calibration;

import org.jspecify.annotations.NullMarked;
