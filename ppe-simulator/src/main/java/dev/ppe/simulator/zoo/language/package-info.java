/**
 * Encoders of text: BERT and its mobile descendants, with the head that marks the answer to a
 * question.
 *
 * <p>{@link dev.ppe.simulator.zoo.language.Language} lists them. {@link
 * dev.ppe.simulator.zoo.language.Bert} and {@link dev.ppe.simulator.zoo.language.MobileBert} read
 * like their papers; what they share is in {@code Question}, {@code Attention} and {@code
 * TextLayers}.
 */
@NullMarked
package dev.ppe.simulator.zoo.language;

import org.jspecify.annotations.NullMarked;
