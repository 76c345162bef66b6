/**
 * A back-end whose algorithms run on an OSS Vizier server. {@link dev.ppe.nas.vizier.VizierBackend}
 * keeps to the turns of all back-ends; {@link dev.ppe.nas.vizier.VizierServer} makes the calls.
 *
 * <p>The state of such a search is on the server: trials that were suggested stay this client's
 * until they are completed, and a study records what they are called.
 */
@NullMarked
package dev.ppe.nas.vizier;

import org.jspecify.annotations.NullMarked;
