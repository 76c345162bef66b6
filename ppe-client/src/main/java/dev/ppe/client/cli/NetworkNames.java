package dev.ppe.client.cli;

import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.Iterator;

/** What a MODEL may be beside a file, for shells that complete it. */
final class NetworkNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Zoo.models().stream().map(ZooModel::name).iterator();
  }
}
