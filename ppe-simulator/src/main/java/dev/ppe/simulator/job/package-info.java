/**
 * What blocks of the hardware are asked to do, in elements and bytes and without a time: the words
 * in which a program speaks to the machine. Start at {@link dev.ppe.simulator.job.Job}.
 */
@NullMarked
package dev.ppe.simulator.job;

import org.jspecify.annotations.NullMarked;
