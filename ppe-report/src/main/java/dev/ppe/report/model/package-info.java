/**
 * The page of a model: what an answer says of it, with its network's structure.
 *
 * <p>{@link dev.ppe.report.model.ModelReport} puts together what the page shows, {@link
 * dev.ppe.report.model.ModelJson} writes it, {@link dev.ppe.report.model.ModelPage} is the page of
 * one or several. The script {@code model.js} beside {@link dev.ppe.report.HtmlPage} draws it.
 */
@NullMarked
package dev.ppe.report.model;

import org.jspecify.annotations.NullMarked;
