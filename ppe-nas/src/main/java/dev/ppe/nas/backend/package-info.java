/**
 * Search algorithms. A {@link dev.ppe.nas.backend.Backend} suggests points and is told what became
 * of them; {@link dev.ppe.nas.backend.BackendFactory} makes one by name.
 *
 * <p>All of this package ({@link dev.ppe.nas.backend.LocalBackend}) do the same for the same seed,
 * the same numbers asked for and the same outcomes: who evaluates the candidates, and how many at a
 * time, makes no difference. Those on servers are in packages of their own.
 */
@NullMarked
package dev.ppe.nas.backend;

import org.jspecify.annotations.NullMarked;
