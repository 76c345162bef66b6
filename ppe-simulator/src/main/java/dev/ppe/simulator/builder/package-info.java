/**
 * Writes networks in Java: layers one call each, shapes inferred, mistakes caught at the call.
 *
 * <p>Start at {@link dev.ppe.simulator.builder.GraphBuilder}. {@link
 * dev.ppe.simulator.builder.Blocks} has the building blocks of convolutional networks as functions,
 * {@link dev.ppe.simulator.builder.PyramidBlocks} those of feature pyramids, {@link
 * dev.ppe.simulator.builder.TextBlocks} those of text encoders. The named networks of {@code zoo}
 * are written with these, and search spaces can be.
 */
@NullMarked
package dev.ppe.simulator.builder;

import org.jspecify.annotations.NullMarked;
