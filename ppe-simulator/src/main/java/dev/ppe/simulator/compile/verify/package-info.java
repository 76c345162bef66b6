/**
 * What must hold after each phase of the compiler, found again without the phases' own means:
 * {@link dev.ppe.simulator.compile.verify.Verification} has a verifier for each.
 */
@NullMarked
package dev.ppe.simulator.compile.verify;

import org.jspecify.annotations.NullMarked;
