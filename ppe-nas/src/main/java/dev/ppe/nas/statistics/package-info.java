/** Sums over vectors, for cost models and reports alike; nothing here knows of networks. */
@NullMarked
package dev.ppe.nas.statistics;

import org.jspecify.annotations.NullMarked;
