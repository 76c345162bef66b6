/**
 * The neural block analyzer (Akin et al., "Searching for Efficient Neural Architectures for
 * On-Device ML on Edge TPUs", 2022, section 4.3 and figure 10): what inverted bottlenecks of one
 * kind cost over input sizes, channels, expansions, kernels and groups, and which of them are worth
 * searching over at a stage of a network.
 *
 * <p>{@link dev.ppe.nas.block.BlockSweep} says what is tried, {@link
 * dev.ppe.nas.block.BlockAnalyzer} asks the service, {@link dev.ppe.nas.block.StageChoices} keeps
 * what is worth it.
 */
@NullMarked
package dev.ppe.nas.block;

import org.jspecify.annotations.NullMarked;
