package dev.ppe.nas.spaces;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The released detectors and segmentation networks are points of their spaces. */
class ReleasedDetectorsTest {
  private static final List<String> SPAGHETTI_NODES =
      List.of("n0", "n1", "n2", "n3", "n4", "n5", "c0n0", "c0n1", "c0n2", "c0n3", "c0n4", "c0n5");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s | 48 G3, 64 G4 G4 G4, 72 I8 G8 I8 I4, 88 I8 I8 I4 I4, 88 I8 S5 S5 S5, 88 S5 S3,"
            + " 144 I4 I4 I4 I4, 120 I8 I4 I4 I4, 168 I4, 136 I4 S3, 136 I4, 64 S3 S3",
        "m | 48 G3, 64 G8 G4 G4 G4, 72 I8 G8 I8 I8, 96 I8 I8 I8 I4, 104 I8 I4 S5 I4, 56 S5 S3,"
            + " 152 I8 I4 I4 I4, 120 I8 I4 I4 I4, 168 I4 S3, 136 S3 S3 S3, 136 I4 S5, 64 S3 S3",
        "l | 48 G3, 64 G8 G8 G8 G4, 80 I8 I8 I8 I4, 104 I8 I8 I8 I8, 88 I8 J4 I4 I8, 56 J4 S5,"
            + " 160 I8 I4 I4 I4, 120 I8 I4 I4 I8, 168 I4 I4 I4 I4, 112 I8 I4 S3, 128 I4 I4, 64 S5 S5"
      })
  void spaghettiNet(String variant, String nodes) {
    Map<String, String> words =
        Map.of(
            "G3", "gc_e8_g3",
            "G4", "gc_e4_g4",
            "G8", "gc_e8_g4",
            "I4", "ibn_k3_e4",
            "I8", "ibn_k3_e8",
            "J4", "ibn_k5_e4",
            "S3", "sep_k3",
            "S5", "sep_k5");
    Map<String, String> point = new LinkedHashMap<>();
    List<String> figures = List.of(nodes.split(", "));
    for (int n = 0; n < figures.size(); n++) {
      List<String> parts = List.of(figures.get(n).split(" "));
      String node = SPAGHETTI_NODES.get(n);
      point.put(node + ".channels", parts.getFirst());
      point.put(node + ".layers", "" + (parts.size() - 1));
      for (int l = 1; l < parts.size(); l++) {
        point.put("%s.layer%d".formatted(node, l - 1), words.getOrDefault(parts.get(l), "?"));
      }
    }
    Released.assertIsZooModel(
        Released.space("spaghettinet-edgetpu"), point, "spaghettinet_edgetpu_" + variant);
  }

  /** Blocks as kind, kernel, expansion and multiplier: D dense-free depthwise, F fused, P split. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xs | projection 0.75 | F 3 6 1, D 3 3 1 / F 3 3 1.5, D 3 6 1 / D 5 3 0.5, D 3 6 0.5, F 3 6 1.5"
            + " / D 3 6 1.5, D 5 6 0.75, D 5 3 0.75"
            + " / P 5 6 1.5, P 5 3 0.5, P 5 6 0.5, P 5 6 0.5 / D 5 3 1.5",
        "s | projection 0.75 | F 3 6 1.5, D 5 3 0.75 / F 5 6 1.5, D 3 3 1.5"
            + " / D 5 6 1.5, D 3 3 1.5, D 5 6 1.5 / D 3 6 1, D 5 6 1, D 5 6 1"
            + " / P 5 6 1, P 5 6 0.5, D 5 3 0.5, P 5 6 1 / P 5 3 0.5",
        "m | unexpanded 1 | F 3 6 1.5, D 3 3 1.5 / F 3 6 1.5, D 3 6 1.5"
            + " / F 5 6 1.5, D 5 6 1.5, F 3 6 1 / D 3 6 1.5, D 5 6 1.5, P 5 6 1.5"
            + " / P 3 3 1, P 5 6 1.5, P 5 6 0.5, P 5 3 1 / P 5 3 1"
      })
  void autoSeg(String variant, String first, String stages) {
    Map<String, String> kinds = Map.of("F", "fused", "D", "depthwise", "P", "split");
    Map<String, String> point = new LinkedHashMap<>();
    point.put("repeats", "4");
    point.put("min_level", "3");
    point.put("s0.kind", word(first, 0));
    point.put("s0.multiplier", word(first, 1));
    if (first.startsWith("unexpanded")) {
      point.put("s0.kernel", "5");
    }
    List<String> rows = List.of(stages.split(" / "));
    for (int s = 0; s < rows.size(); s++) {
      List<String> blocks = List.of(rows.get(s).split(", "));
      for (int b = 0; b < blocks.size(); b++) {
        List<String> figures = List.of(blocks.get(b).strip().split(" "));
        String block = "s%d.b%d.".formatted(s + 1, b);
        point.put(block + "kind", kinds.getOrDefault(figures.get(0), "?"));
        point.put(block + "kernel", figures.get(1));
        point.put(block + "expansion", figures.get(2));
        point.put(block + "multiplier", figures.get(3));
      }
    }
    Released.assertIsZooModel(
        Released.space("autoseg-edgetpu"), point, "autoseg_edgetpu_" + variant);
  }

  /** Blocks as kind and figures: I and F with kernel and expansion, T with two ratios. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edgetpu | relu6 32 | 16 tucker | 16 F38 F34 F38 F34, 40 F58 F34 F34 F34, 72 I38 I38 F34 F34,"
            + " 96 I58 I58 I38 I38, 120 I58 I38 I54 I38, 384 I58",
        "dsp | relu6 32 | 24 unexpanded | 32 F34 F34 I34 T13, 64 F38 I34 F34 F34, 120 F38 I34 I38 I38,"
            + " 144 F38 I38 I38 I38, 160 I34 I34 F34 T33, 240 I38",
        "cpu | hard_swish 16 | 8 unexpanded | 16 I34, 32 I38 I34 I34 I34, 72 I58 I38 I54 I34,"
            + " 72 I38 I38 I38 I38, 104 I58 I54 I54 I34, 144 I38"
      })
  void mobileDet(String variant, String frame, String first, String groups) {
    Map<String, String> point = new LinkedHashMap<>();
    point.put("style", word(frame, 0));
    point.put("stem_channels", word(frame, 1));
    point.put("g0.channels", word(first, 0));
    point.put("g0.kind", word(first, 1));
    if (first.endsWith("tucker")) {
      point.put("g0.input_ratio", "0.25");
      point.put("g0.output_ratio", "0.75");
    }
    List<String> rows = List.of(groups.split(", "));
    for (int g = 0; g < rows.size(); g++) {
      List<String> parts = new ArrayList<>(List.of(rows.get(g).strip().split(" ")));
      String group = "g%d.".formatted(g + 1);
      point.put(group + "channels", parts.removeFirst());
      if (g < rows.size() - 1) {
        point.put(group + "r.times", "" + (parts.size() - 1));
      }
      for (int b = 0; b < parts.size(); b++) {
        mobileDetBlock(point, group + (b == 0 ? "b0." : "r%d.".formatted(b - 1)), parts.get(b));
      }
    }
    Released.assertIsZooModel(Released.space("mobiledet"), point, "ssdlite_mobiledet_" + variant);
  }

  private static String word(String text, int index) {
    return List.of(text.split(" ")).get(index);
  }

  private static void mobileDetBlock(Map<String, String> point, String block, String word) {
    boolean tucker = word.startsWith("T");
    point.put(block + "kind", tucker ? "tucker" : word.startsWith("F") ? "fused" : "depthwise");
    point.put(block + "kernel", tucker ? "3" : word.substring(1, 2));
    if (tucker) {
      point.put(block + "input_ratio", word.charAt(1) == '1' ? "0.25" : "0.75");
      point.put(block + "output_ratio", "0.75");
    } else {
      point.put(block + "expansion", word.substring(2));
    }
  }
}
