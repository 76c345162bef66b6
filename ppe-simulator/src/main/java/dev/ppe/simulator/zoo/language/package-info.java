/**
 * Encoders of text: BERT and its mobile descendants, with the head that marks the answer to a
 * question.
 *
 * <p>{@link dev.ppe.simulator.zoo.language.Language} lists them. {@link
 * dev.ppe.simulator.zoo.language.Bert} and {@link dev.ppe.simulator.zoo.language.MobileBert} stack
 * the blocks of {@link dev.ppe.simulator.builder.TextBlocks} between the layers that {@code
 * Question} shares.
 */
@NullMarked
package dev.ppe.simulator.zoo.language;

import org.jspecify.annotations.NullMarked;
