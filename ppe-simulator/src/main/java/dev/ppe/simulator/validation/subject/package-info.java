/**
 * The networks that measured rows are about: from a folder of model files, from the zoo, or written
 * from what is known of them.
 *
 * <p>Start at {@link dev.ppe.simulator.validation.subject.Subjects}.
 */
@NullMarked
package dev.ppe.simulator.validation.subject;

import org.jspecify.annotations.NullMarked;
