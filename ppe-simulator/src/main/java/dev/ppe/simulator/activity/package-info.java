/**
 * What the hardware did: when, how often, and what it waited for.
 *
 * <p>Both the cycle-level machine and the analytical model answer with an {@link
 * dev.ppe.simulator.activity.Activity}; energy and reports are made of nothing else.
 */
@NullMarked
package dev.ppe.simulator.activity;

import org.jspecify.annotations.NullMarked;
