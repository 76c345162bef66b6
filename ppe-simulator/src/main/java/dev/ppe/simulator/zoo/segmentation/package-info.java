/**
 * Semantic segmentation networks of the zoo: a backbone, a head that gives logits on a coarse map,
 * and the way from there to one class for each pixel.
 *
 * <p>Start at {@link dev.ppe.simulator.zoo.segmentation.Segmentation}, the list of names. {@link
 * dev.ppe.simulator.zoo.segmentation.ClassMap} is that last way, which costs more than it looks.
 */
@NullMarked
package dev.ppe.simulator.zoo.segmentation;

import org.jspecify.annotations.NullMarked;
