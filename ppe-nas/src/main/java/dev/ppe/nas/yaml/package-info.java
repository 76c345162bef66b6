/**
 * Search spaces as YAML: {@link dev.ppe.nas.yaml.SpaceReader} makes the same values of a text as
 * the Java API makes of calls. docs/search.md describes the form.
 *
 * <p>Texts are taken for hostile: size, nesting, names and what repetitions grow to are limited,
 * and YAML's aliases and tags are refused. Errors name the line and the field.
 */
@NullMarked
package dev.ppe.nas.yaml;

import org.jspecify.annotations.NullMarked;
