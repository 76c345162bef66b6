/**
 * Layers under the accelerator's roofs: {@link dev.ppe.report.roofline.Roofline} works them out,
 * {@link dev.ppe.client.report.roofline.RooflineTable} and its like print them.
 */
@NullMarked
package dev.ppe.client.report.roofline;

import org.jspecify.annotations.NullMarked;
