/**
 * The network as a value: tensors, operators, nodes and the graph they make.
 *
 * <p>Start at {@link dev.ppe.simulator.graph.Graph}. {@link dev.ppe.simulator.graph.Operator} is
 * the closed family of everything a node may do; {@link dev.ppe.simulator.graph.ShapeInference}
 * says what comes out of each, {@link dev.ppe.simulator.graph.GraphVerifier} whether a graph is one
 * at all, and {@link dev.ppe.simulator.graph.CanonicalGraph} puts equal networks into equal order
 * and hashes them.
 *
 * <p>Feature maps are NHWC throughout. No weights are kept: only their shapes and types cost
 * anything.
 */
@NullMarked
package dev.ppe.simulator.graph;

import org.jspecify.annotations.NullMarked;
