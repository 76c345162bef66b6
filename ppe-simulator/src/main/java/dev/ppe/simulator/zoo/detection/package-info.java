/**
 * Object detectors of the zoo: a backbone, a pyramid of feature maps, and predictors on each map.
 *
 * <p>Start at {@link dev.ppe.simulator.zoo.detection.Detection}, the list of names. Networks end
 * where the accelerator's work ends: with the encoded boxes and the scores of all anchors.
 * Non-maximum suppression follows on the host and is not in the graphs.
 */
@NullMarked
package dev.ppe.simulator.zoo.detection;

import org.jspecify.annotations.NullMarked;
