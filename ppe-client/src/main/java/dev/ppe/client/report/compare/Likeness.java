package dev.ppe.client.report.compare;

import java.util.Arrays;

/**
 * How much speaks for two layers being partners: points for the same name, kind, shape and work.
 *
 * <p>Layers of the same name are partners whatever they do. Others must be of one kind and do as
 * much work within a factor of two, or of four where their results have the same height and width:
 * a convolution of another stage or of a tenth of the work is another layer, and nothing that
 * became it.
 */
final class Likeness {
  /** They are no partners. */
  static final int NEVER = -1;

  private static final int SAME_KIND = 4;
  private static final int SAME_MAIN_KIND = 3;
  private static final int SAME_NAME = 5;
  private static final int SAME_LAST_NAME = 1;
  private static final int SAME_SHAPE = 3;
  private static final int SAME_MAP = 1;
  private static final int SAME_MACS = 1;
  private static final int FEATURE_MAP = 4; // batch, height, width, channels
  private static final long WORK_FACTOR = 2;
  private static final long MAP_WORK_FACTOR = 4;

  private Likeness() {}

  /** Points, or {@link #NEVER}. */
  static int of(Alignment.Key a, Alignment.Key b) {
    boolean named = !a.name().isEmpty() && a.name().equals(b.name());
    boolean kind = mainKind(a.kind()).equals(mainKind(b.kind()));
    boolean shape = !a.shape().isEmpty() && a.shape().equals(b.shape());
    boolean map = shape || isSameMap(a.shape(), b.shape());
    if (!named && !(kind && isLikeWork(a, b, map ? MAP_WORK_FACTOR : WORK_FACTOR))) {
      return NEVER;
    }
    int score = named ? SAME_NAME : 0;
    if (kind) {
      score += a.kind().equals(b.kind()) ? SAME_KIND : SAME_MAIN_KIND;
    }
    score += shape ? SAME_SHAPE : 0;
    score += map ? SAME_MAP : 0;
    score += !named && lastName(a.name()).equals(lastName(b.name())) ? SAME_LAST_NAME : 0;
    return score + (a.macs() == b.macs() ? SAME_MACS : 0);
  }

  private static String mainKind(String kind) {
    int plus = kind.indexOf('+');
    return plus < 0 ? kind : kind.substring(0, plus);
  }

  private static String lastName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Whether heights and widths are the same; of other ranks all but the last dimension. */
  private static boolean isSameMap(String a, String b) {
    String[] first = a.split("x", -1);
    String[] second = b.split("x", -1);
    return first.length == FEATURE_MAP
        && second.length == FEATURE_MAP
        && Arrays.equals(first, 0, FEATURE_MAP - 1, second, 0, FEATURE_MAP - 1);
  }

  /** By multiply-accumulates; where there are none nothing speaks against it. */
  private static boolean isLikeWork(Alignment.Key a, Alignment.Key b, long factor) {
    long less = Math.min(a.macs(), b.macs());
    long more = Math.max(a.macs(), b.macs());
    return more / factor <= less;
  }
}
