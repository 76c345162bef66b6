/**
 * An open-loop load generator: requests are due at times of their own, whatever became of those
 * before.
 *
 * <p>Start at {@link dev.ppe.client.load.LoadRun}. What is asked is a {@link
 * dev.ppe.client.load.Workload}, when is {@link dev.ppe.client.load.Arrivals}, what came of it a
 * {@link dev.ppe.client.load.LoadResult}.
 */
@NullMarked
package dev.ppe.client.load;

import org.jspecify.annotations.NullMarked;
