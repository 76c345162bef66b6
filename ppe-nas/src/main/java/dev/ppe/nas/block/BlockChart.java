package dev.ppe.nas.block;

import java.util.List;
import java.util.Locale;

/**
 * The paper's figure 10 as a picture: latency of a block over its parameters, a panel for each map
 * size, a colour for each form, both axes logarithmic. SVG, with the block's figures as the title
 * of each dot.
 */
public final class BlockChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 340;
  private static final int MARGIN = 56;
  private static final int COLUMNS = 2;
  private static final int TOP = 70;

  private final List<BlockCost> costs;
  private final StringBuilder svg = new StringBuilder();

  private BlockChart(List<BlockCost> costs) {
    this.costs = costs;
  }

  /**
   * The picture.
   *
   * @param title of the whole
   */
  public static String svg(String title, List<BlockCost> costs) {
    return new BlockChart(costs).draw(title);
  }

  private String draw(String title) {
    List<Integer> sizes = costs.stream().map(cost -> cost.block().size()).distinct().toList();
    int rows = (sizes.size() + COLUMNS - 1) / COLUMNS;
    line(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\">",
            COLUMNS * WIDTH,
            TOP + rows * HEIGHT));
    line("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    text(MARGIN, 26, "start", 16, title);
    legend();
    for (int i = 0; i < sizes.size(); i++) {
      panel(sizes.get(i), i % COLUMNS * WIDTH, TOP + i / COLUMNS * HEIGHT);
    }
    line("</svg>");
    return svg.toString();
  }

  private void legend() {
    int x = MARGIN;
    for (BlockForm form : BlockForm.values()) {
      line(
          String.format(
              Locale.ROOT, "<circle cx=\"%d\" cy=\"46\" r=\"5\" fill=\"%s\"/>", x, color(form)));
      text(x + 10, 50, "start", 12, form.word());
      x += 100;
    }
  }

  private void panel(int size, int left, int top) {
    List<BlockCost> dots = costs.stream().filter(cost -> cost.block().size() == size).toList();
    LogAxis across =
        LogAxis.over(
            dots.stream().mapToDouble(BlockCost::parameters), left + MARGIN, left + WIDTH - 16);
    LogAxis up =
        LogAxis.over(
            dots.stream().mapToDouble(BlockCost::latencyUs), top + HEIGHT - MARGIN, top + 16);
    text(left + MARGIN + 6, top + 28, "start", 13, "%1$d x %1$d maps".formatted(size));
    for (double tick : across.ticks()) {
      double x = across.place(tick);
      rule(x, top + 16, x, top + HEIGHT - MARGIN);
      text(x, top + HEIGHT - MARGIN + 16, "middle", 11, LogAxis.label(tick));
    }
    for (double tick : up.ticks()) {
      double y = up.place(tick);
      rule(left + MARGIN, y, left + WIDTH - 16, y);
      text(left + MARGIN - 6, y + 4, "end", 11, LogAxis.label(tick));
    }
    text(left + WIDTH / 2.0, top + HEIGHT - 20, "middle", 12, "parameters of a block");
    text(left + MARGIN + 6, top + 44, "start", 11, "microseconds a block");
    for (BlockCost cost : dots) {
      line(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\" fill-opacity=\"0.65\">"
                  + "<title>%s %s: %.0f parameters, %.1f us, %.0f %% used</title></circle>",
              across.place(cost.parameters()),
              up.place(cost.latencyUs()),
              color(cost.block().form()),
              cost.block().shape(),
              cost.block().label(),
              cost.parameters(),
              cost.latencyUs(),
              100 * cost.utilization()));
    }
  }

  /** Colours that people with colour blindness tell apart (Okabe and Ito, 2008). */
  private static String color(BlockForm form) {
    return switch (form) {
      case DEPTHWISE -> "#D55E00";
      case FUSED -> "#0072B2";
      case GC -> "#009E73";
      case GROUPED -> "#CC79A7";
    };
  }

  private void rule(double x1, double y1, double x2, double y2) {
    line(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
            x1,
            y1,
            x2,
            y2));
  }

  private void text(double x, double y, String anchor, int size, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    line(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>",
            x,
            y,
            anchor,
            size,
            escaped));
  }

  private void line(String text) {
    svg.append(text).append('\n');
  }
}
