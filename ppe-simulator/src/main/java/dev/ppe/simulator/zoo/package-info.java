/**
 * Named networks.
 *
 * <p>Start at {@link dev.ppe.simulator.zoo.Zoo}, the register of names; there is a package for each
 * task. Each family of networks has a class that reads like the table in its paper, made of {@link
 * dev.ppe.simulator.builder.Blocks} on a {@link dev.ppe.simulator.builder.GraphBuilder}. To add a
 * family: write its class, give it a {@code models()} list, and name it in its package's list.
 */
@NullMarked
package dev.ppe.simulator.zoo;

import org.jspecify.annotations.NullMarked;
