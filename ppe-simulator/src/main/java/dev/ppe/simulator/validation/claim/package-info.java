/**
 * What the paper claims of blocks and networks on an Edge TPU, and whether the model shows it.
 *
 * <p>Nothing here is measured: a claim is examined by evaluating networks that are made for it, and
 * is reproduced or refuted by what comes out. {@link dev.ppe.simulator.validation.claim.Claims}
 * lists them; each is a class that says what would reproduce it.
 */
@NullMarked
package dev.ppe.simulator.validation.claim;

import org.jspecify.annotations.NullMarked;
