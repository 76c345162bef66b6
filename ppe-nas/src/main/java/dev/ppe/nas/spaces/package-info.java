/**
 * The spaces that come with the generator, one YAML file each; {@link dev.ppe.nas.spaces.Spaces}
 * lists them.
 */
@NullMarked
package dev.ppe.nas.spaces;

import org.jspecify.annotations.NullMarked;
