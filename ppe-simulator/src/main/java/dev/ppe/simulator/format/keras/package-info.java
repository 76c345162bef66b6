/**
 * Graphs to Python source that builds the same network with Keras, for training.
 *
 * <p>{@link dev.ppe.simulator.format.keras.KerasWriter} is the entry; {@code KerasLayers} says what
 * each operator becomes, {@code KerasNames} what it is called.
 */
@NullMarked
package dev.ppe.simulator.format.keras;

import org.jspecify.annotations.NullMarked;
