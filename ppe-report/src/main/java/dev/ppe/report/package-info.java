/**
 * Pages of HTML about models and what they cost: each one file, with all that it needs in it.
 *
 * <p>{@link dev.ppe.report.HtmlPage} is the shell of every page; its style sheet and scripts are
 * resources beside this package.
 */
@NullMarked
package dev.ppe.report;

import org.jspecify.annotations.NullMarked;
