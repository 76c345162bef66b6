/**
 * What the compiler decided, printed: {@link dev.ppe.client.report.explain.ExplanationTable} for
 * people, {@link dev.ppe.client.report.explain.ExplanationJson} and {@link
 * dev.ppe.client.report.explain.ExplanationCsv} for programs.
 */
@NullMarked
package dev.ppe.client.report.explain;

import org.jspecify.annotations.NullMarked;
