package dev.ppe.nas.cost;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.cost.Trees.Node;
import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value.Truth;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Parameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what {@link CostFileWriter} wrote. Whatever the text: a model, or what is wrong and where.
 */
public final class CostFileReader {
  /** Larger files are not read: models have some megabytes. */
  public static final int MAX_BYTES = 32 << 20;

  private static final int MAX_PARAMETERS = 2_000;
  private static final int MAX_GROUPS = 20_000;
  private static final int MAX_ROWS = 2_000_000;
  private static final int MAX_QUANTITIES = 8;
  private static final int MAX_MODELS = 3;
  private static final int MAX_TREES = 10_000;

  /** Numbers for rows of all models together, copies included: 160 MB. */
  private static final long MAX_ROW_NUMBERS = 20_000_000;

  private static final int MAX_ELEMENTS = 4_000_000;

  private final FileField root;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<Metric> metrics = EnumSet.noneOf(Metric.class);
  private long rowNumbers;

  private CostFileReader(FileField root) {
    this.root = root;
  }

  /**
   * The model in a text.
   *
   * @param file what messages call it
   * @throws CostFileException if there is none
   */
  public static LearnedCosts read(String file, String text) {
    if (text.length() > MAX_BYTES) {
      throw new CostFileException(file, "is longer than %d bytes".formatted(MAX_BYTES));
    }
    JsonElement json;
    try {
      json = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new CostFileException(file, "is no JSON: it is damaged, or no cost model");
    }
    FileField root = new FileField(file, "", json);
    try {
      return new CostFileReader(root).read();
    } catch (CostFileException e) {
      throw e;
    } catch (IllegalArgumentException e) { // what constructors say
      throw new CostFileException(file, String.valueOf(e.getMessage()));
    }
  }

  private LearnedCosts read() {
    if (!root.field("format").text().equals(CostFileWriter.FORMAT)) {
      throw root.wrong("is no cost model");
    }
    double version = root.field("version").number();
    if (version != CostFileWriter.VERSION) {
      throw root.wrong(
          "is of version %s, this program knows version %d: use the program that wrote it"
              .formatted(version, CostFileWriter.VERSION));
    }
    Origin origin =
        new Origin(
            root.field("space").text(),
            root.field("space_sha256").text(),
            root.field("accelerator").text(),
            root.field("accelerator_sha256").text(),
            root.field("fidelity").text(),
            root.field("simulator").text());
    for (FileField each : root.field("parameters").elements(MAX_PARAMETERS)) {
      parameters.add(parameter(each));
    }
    if (parameters.stream().map(Parameter::name).distinct().count() < parameters.size()) {
      throw root.wrong("has two parameters of one name");
    }
    Layout layout = layout(root.field("groups"));
    List<Learned> models =
        root.field("models").elements(MAX_MODELS).stream()
            .map(model -> model(model, layout))
            .toList();
    return new LearnedCosts(origin, parameters, models);
  }

  private static Parameter parameter(FileField field) {
    List<String> choices =
        field.field("choices").elements(Parameter.MAX_CHOICES).stream()
            .map(FileField::text)
            .toList();
    Optional<Expression> when =
        field.field("conditional").truth()
            ? Optional.of(new Expression.Literal(Truth.TRUE)) // under which condition is not told
            : Optional.empty();
    return new Parameter.Categorical(field.field("name").text(), choices, when);
  }

  private Layout layout(FileField field) {
    Map<String, Integer> indices = new HashMap<>();
    parameters.forEach(each -> indices.put(each.name(), indices.size()));
    List<ChoiceGroup> groups = new ArrayList<>();
    long rows = 0;
    for (FileField each : field.elements(MAX_GROUPS)) {
      Set<Integer> members = new TreeSet<>();
      for (FileField name : each.field("parameters").elements(MAX_PARAMETERS)) {
        Integer index = indices.get(name.text());
        if (index == null || !members.add(index)) {
          throw name.wrong("is \"%s\", must be a parameter, each once".formatted(name.text()));
        }
      }
      ChoiceGroup group = ChoiceGroup.of(each.field("name").text(), parameters, members);
      rows += group.size();
      if (rows > MAX_ROWS) {
        throw each.wrong("makes more than %d combinations of choices".formatted(MAX_ROWS));
      }
      groups.add(group);
    }
    return new Layout(groups);
  }

  private Learned model(FileField field, Layout layout) {
    String word = field.field("metric").text();
    Metric metric =
        Metric.of(word)
            .orElseThrow(() -> field.wrong("is of a metric \"%s\" that is none".formatted(word)));
    if (!metrics.add(metric)) {
      throw field.wrong(
          "is of %s, as one before: each metric has one model".formatted(metric.word()));
    }
    requireRoom(field, layout);
    String kind = field.field("kind").text();
    List<Quantity> quantities =
        field.field("quantities").elements(MAX_QUANTITIES).stream()
            .map(
                each -> new Quantity(each.field("name").text(), rows(each.field("values"), layout)))
            .toList();
    Predictor predictor =
        new Predictor(
            layout,
            parameters.size(),
            field.field("constant").number(),
            rows(field.field("weights"), layout),
            quantities,
            field.field("hinges").elements(MAX_ELEMENTS).stream()
                .map(CostFileReader::hinge)
                .toList(),
            trees(field.field("trees")));
    return new Learned(
        CostTrainer.checked(metric),
        ModelKind.of(kind)
            .orElseThrow(() -> field.wrong("is of a kind \"%s\" that is none".formatted(kind))),
        field.field("samples").integer(Integer.MAX_VALUE),
        predictor);
  }

  /** Rows may be missing in the file, and take room all the same. */
  private void requireRoom(FileField field, Layout layout) {
    long quantities = field.field("quantities").elements(MAX_QUANTITIES).size();
    rowNumbers += layout.rows() * (2 + 2 * quantities);
    if (rowNumbers > MAX_ROW_NUMBERS) {
      throw field.wrong(
          "needs room for %d numbers with those before, must be %d or fewer"
              .formatted(rowNumbers, MAX_ROW_NUMBERS));
    }
  }

  private static double[] rows(FileField field, Layout layout) {
    List<FileField> groups = field.elements(MAX_GROUPS);
    if (groups.size() != layout.size()) {
      throw field.wrong("has %d groups, must have %d".formatted(groups.size(), layout.size()));
    }
    double[] values = new double[layout.rows()];
    for (int g = 0; g < groups.size(); g++) {
      FileField group = groups.get(g);
      JsonArray pairs = group.array();
      if (pairs.size() % 2 != 0) {
        throw group.wrong("must have a value for each code");
      }
      for (int i = 0; i < pairs.size(); i += 2) {
        int code = group.integer(pairs.get(i), layout.groups().get(g).size() - 1);
        values[layout.offset(g) + code] = group.number(pairs.get(i + 1));
      }
    }
    return values;
  }

  private static Predictor.Hinge hinge(FileField field) {
    JsonArray parts = field.array();
    if (parts.size() != 3) {
      throw field.wrong("must be input, knot and slope");
    }
    return new Predictor.Hinge(
        field.integer(parts.get(0), Integer.MAX_VALUE),
        field.number(parts.get(1)),
        field.number(parts.get(2)));
  }

  private static Trees trees(FileField field) {
    List<List<Node>> trees = new ArrayList<>();
    for (FileField tree : field.elements(MAX_TREES)) {
      trees.add(tree.elements(MAX_ELEMENTS).stream().map(CostFileReader::node).toList());
    }
    return new Trees(trees);
  }

  private static Node node(FileField field) {
    JsonArray parts = field.array();
    if (parts.size() != 1 && parts.size() != 4) {
      throw field.wrong("must be a leaf's value, or input, threshold and two nodes");
    }
    if (parts.size() == 1) {
      return Node.leaf(real(field, parts.get(0)));
    }
    return new Node(
        field.integer(parts.get(0), Integer.MAX_VALUE - 1),
        real(field, parts.get(1)),
        field.integer(parts.get(2), Integer.MAX_VALUE),
        field.integer(parts.get(3), Integer.MAX_VALUE));
  }

  /** The 32-bit number that was written. */
  private static float real(FileField field, JsonElement element) {
    field.number(element);
    float real = element.getAsFloat();
    if (!Float.isFinite(real)) {
      throw field.wrong("must have numbers of 32 bits");
    }
    return real;
  }
}
