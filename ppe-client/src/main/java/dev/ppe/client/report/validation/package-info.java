/**
 * Validation tables as text: for terminals, as the document, for spreadsheets and for programs.
 *
 * <p>Start at {@link dev.ppe.client.report.validation.ValidationWriter}.
 */
@NullMarked
package dev.ppe.client.report.validation;

import org.jspecify.annotations.NullMarked;
