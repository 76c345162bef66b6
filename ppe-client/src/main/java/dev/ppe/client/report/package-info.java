/**
 * Answers as text: for people as tables, for programs as JSON Lines and CSV.
 *
 * <p>Start at {@link dev.ppe.client.report.AnswerWriter}. Nothing here depends on where an answer
 * came from, so in-process and remote answers print the same.
 */
@NullMarked
package dev.ppe.client.report;

import org.jspecify.annotations.NullMarked;
