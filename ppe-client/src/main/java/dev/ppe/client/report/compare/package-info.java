/**
 * Two answers side by side: {@link dev.ppe.client.report.compare.Compared} pairs their layers
 * ({@code Alignment}) and says what changed and why ({@code Reasons}); {@link
 * dev.ppe.client.report.compare.CompareTable} and its like print it.
 */
@NullMarked
package dev.ppe.client.report.compare;

import org.jspecify.annotations.NullMarked;
