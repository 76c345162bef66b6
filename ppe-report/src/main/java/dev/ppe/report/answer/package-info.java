/**
 * What an answer says, for people: causes and parts by name, quantities with their units, what
 * stands out ({@link dev.ppe.report.answer.Advice}) and how far to trust it ({@link
 * dev.ppe.report.answer.Coverage}).
 */
@NullMarked
package dev.ppe.report.answer;

import org.jspecify.annotations.NullMarked;
