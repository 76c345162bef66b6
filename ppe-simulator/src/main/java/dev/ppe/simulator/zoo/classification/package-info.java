/**
 * Image classifiers for mobile devices: the MobileNet, EfficientNet, MnasNet and FBNet families.
 *
 * <p>{@link dev.ppe.simulator.zoo.classification.Classification} lists them. Most are tables of
 * {@link dev.ppe.simulator.zoo.classification.Stage}s, as in their papers, between a stem and a
 * {@link dev.ppe.simulator.zoo.classification.Head}; those with blocks of their own write them out.
 */
@NullMarked
package dev.ppe.simulator.zoo.classification;

import org.jspecify.annotations.NullMarked;
