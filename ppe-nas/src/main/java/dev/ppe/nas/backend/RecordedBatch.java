package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import java.util.List;

/**
 * A batch that was suggested in an earlier process of the same search.
 *
 * @param asked how many points were asked for
 * @param points that were suggested
 * @param names what the back-end {@linkplain Backend#names called} them
 * @param followed whether a further batch was recorded: then this one has been told as a whole
 */
public record RecordedBatch(int asked, List<Point> points, List<String> names, boolean followed) {
  public RecordedBatch {
    points = List.copyOf(points);
    names = List.copyOf(names);
  }
}
