/**
 * Cost models that are learned from the service's answers, for searches that ask for more costs
 * than a service can give. {@link dev.ppe.nas.cost.CostTrainer} fits one to {@linkplain
 * dev.ppe.nas.cost.Samples samples}, {@link dev.ppe.nas.cost.LearnedCosts} answers in the place of
 * the service.
 *
 * <p>All models see a point in the same way: as a row of a table for each {@linkplain
 * dev.ppe.nas.cost.ChoiceGroup group} of parameters, such as those that one block depends on.
 */
@NullMarked
package dev.ppe.nas.cost;

import org.jspecify.annotations.NullMarked;
