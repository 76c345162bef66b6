/** Layers under the accelerator's roofs: {@link dev.ppe.report.roofline.Roofline}. */
@NullMarked
package dev.ppe.report.roofline;

import org.jspecify.annotations.NullMarked;
