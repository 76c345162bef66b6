package dev.ppe.client.cli;

import dev.ppe.v1.EstimateRequest;
import java.util.List;

/**
 * A model of the command line, ready to be asked for.
 *
 * @param request with the model and everything else
 * @param notes on how it was read, if it was read here
 */
record LoadedModel(EstimateRequest request, List<String> notes) {
  LoadedModel {
    notes = List.copyOf(notes);
  }
}
