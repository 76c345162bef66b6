/**
 * The back-ends as a suggestion service of Katib. {@link dev.ppe.nas.katib.SuggestionServer} serves
 * it; {@link dev.ppe.nas.katib.Suggestions} answers, and keeps nothing from one request to the
 * next.
 */
@NullMarked
package dev.ppe.nas.katib;

import org.jspecify.annotations.NullMarked;
