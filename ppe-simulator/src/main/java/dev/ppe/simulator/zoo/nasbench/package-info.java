/**
 * The 15,625 networks of NAS-Bench-201, by index or by string, for each of its three data sets.
 *
 * <p>Start at {@link dev.ppe.simulator.zoo.nasbench.NasBench201}.
 */
@NullMarked
package dev.ppe.simulator.zoo.nasbench;

import org.jspecify.annotations.NullMarked;
