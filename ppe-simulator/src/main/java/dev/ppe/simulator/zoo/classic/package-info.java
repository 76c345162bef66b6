/**
 * The networks that everything is compared with: full convolutions and large classifiers, from
 * before accelerators on phones.
 *
 * <p>{@link dev.ppe.simulator.zoo.classic.Classics} lists them. There is a class for each family,
 * with the towers of Inception networks beside them. Batch normalisation is folded into the
 * convolution before it wherever there is one.
 */
@NullMarked
package dev.ppe.simulator.zoo.classic;

import org.jspecify.annotations.NullMarked;
