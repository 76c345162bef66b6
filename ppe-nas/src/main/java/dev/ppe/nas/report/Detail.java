package dev.ppe.nas.report;

import dev.ppe.report.JsonBody;

/**
 * The page of a network, asked for by the report of a study.
 *
 * @param id of the element that holds it: letters, digits and hyphens
 * @param title as people see it
 * @param body what {@code ppe.model} draws
 */
public record Detail(String id, String title, JsonBody body) {}
