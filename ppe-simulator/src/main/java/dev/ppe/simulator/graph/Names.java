package dev.ppe.simulator.graph;

/** Names as they are told to people. */
public final class Names {
  /** UTF-16 units of a name beside others; a path of scopes is some hundred. */
  static final int MOST = 256;

  private Names() {}

  /**
   * A name of limited length, for texts that say the same name at many nodes: together they would
   * be as long as the network times the name. A longer one is cut, between characters, and says so.
   */
  public static String brief(String name) {
    if (name.length() <= MOST) {
      return name;
    }
    int end = Character.isHighSurrogate(name.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return name.substring(0, end) + "...";
  }
}
