/**
 * How far the analytical model agrees with the machine that it sums up, over networks that searches
 * would try: no measurements, one tier against the other.
 *
 * <p>Start at {@link dev.ppe.simulator.validation.tier.TierComparison}.
 */
@NullMarked
package dev.ppe.simulator.validation.tier;

import org.jspecify.annotations.NullMarked;
