package dev.ppe.simulator.zoo;

import dev.ppe.simulator.builder.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backbone gives to a detection or segmentation head: its last map of each level. A map of
 * level n has one position for every 2^n x 2^n pixels of the image.
 *
 * @param levels the maps by level, of one level or more
 */
public record FeatureMaps(SortedMap<Integer, Value> levels) {
  public FeatureMaps {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a backbone gives one feature map or more");
    }
  }

  /**
   * The map of this level.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Value level(int level) {
    Value map = levels.get(level);
    if (map == null) {
      throw new IllegalArgumentException(
          "has no map of level %d, only of %s".formatted(level, levels.keySet()));
    }
    return map;
  }

  /** The backbone's result: the map of the highest level. */
  public Value top() {
    return level(levels.lastKey());
  }
}
