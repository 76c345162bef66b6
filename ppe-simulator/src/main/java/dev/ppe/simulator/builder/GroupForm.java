package dev.ppe.simulator.builder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a group convolution is written. */
public enum GroupForm {
  /** As one operator. */
  NATIVE,
  /**
   * As slices of the channels, a convolution on each, and a concatenation: what converters without
   * group convolutions write. The compiler takes it for the group convolution that it is.
   */
  PORTABLE;

  /**
   * A 2-D convolution in {@code groups} groups in this form.
   *
   * @param name of the result, and what the names of the parts begin with
   * @param channels of the result, all groups together
   * @throws dev.ppe.simulator.graph.GraphException unless the groups divide the channels of {@code
   *     x} and of the result
   */
  public Value write(
      GraphBuilder net,
      String name,
      Value x,
      int channels,
      int groups,
      Kernel kernel,
      Nonlinearity nonlinearity) {
    if (this == NATIVE || groups == 1) {
      return net.groupConv(name, x, channels, groups, kernel, nonlinearity);
    }
    net.requireGroups(name, x, channels, groups);
    List<Integer> sizes = Collections.nCopies(groups, x.channels() / groups);
    List<Value> slices = net.split(name + "/split", x, -1, sizes);
    List<Value> results = new ArrayList<>(groups);
    for (int g = 0; g < groups; g++) {
      String part = name + "/group/" + g;
      int share = channels / groups;
      results.add(net.conv(part, slices.get(g), share, kernel, nonlinearity.fused()));
    }
    return nonlinearity.complete(net, name, net.concat(name, -1, results));
  }
}
