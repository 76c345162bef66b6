/**
 * What the compiler decided, row by row and in words: {@link
 * dev.ppe.simulator.compile.explain.Explanation} says where every operator and tensor goes, and
 * why.
 */
@NullMarked
package dev.ppe.simulator.compile.explain;

import org.jspecify.annotations.NullMarked;
