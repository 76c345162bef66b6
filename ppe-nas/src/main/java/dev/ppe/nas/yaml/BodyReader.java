package dev.ppe.nas.yaml;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Expression.Relation;
import dev.ppe.nas.space.Constraint;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.ChainLayer;
import dev.ppe.nas.topology.LayerKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the statements of a description one after the other, repetitions as often as they say. */
final class BodyReader {
  private static final int MAX_STATEMENTS = 20_000;
  private static final int MAX_LAYERS = 2_000;
  private static final int MAX_TIMES = 100;
  private static final int MAX_DEPTH = 40;
  private static final Set<String> WORD_FIELDS = Set.of("kind", "activation", "squeeze");

  private final SearchSpace.Builder space = SearchSpace.builder();
  private final List<ChainLayer> layers = new ArrayList<>();
  private final Set<String> layerNames = new HashSet<>();
  private final Names names = new Names();
  private final Definitions definitions = new Definitions();
  private int statements;

  SearchSpace.Builder space() {
    return space;
  }

  List<ChainLayer> layers() {
    return layers;
  }

  /** Fails if something was defined that nothing uses. */
  void requireAllUsed() {
    definitions.requireAllUsed();
  }

  void read(YamlNode body, Block block) {
    if (block.depth() > MAX_DEPTH) {
      throw body.fault("blocks lie more than 40 deep");
    }
    for (YamlNode statement : body.elements()) {
      if (++statements > MAX_STATEMENTS) {
        throw statement.fault("the description grows to more than 20,000 statements");
      }
      try {
        statement(statement, block);
        statement.requireAllRead();
      } catch (IllegalArgumentException e) {
        throw statement.fault(e);
      }
    }
  }

  private void statement(YamlNode statement, Block block) {
    if (statement.has("parameter")) {
      parameter(statement, block);
    } else if (statement.has("let")) {
      String name = word(statement.field("let"));
      names.define(block.prefix() + name, expression(statement.field("be"), block, false));
    } else if (statement.has("constraint")) {
      constraint(statement.field("constraint"), block);
    } else if (statement.has("layer")) {
      layer(statement, block);
    } else if (statement.has("group")) {
      String name = word(statement.field("group"));
      read(statement.field("body"), block.inner(name, when(statement, block)));
    } else if (statement.has("repeat")) {
      repeat(statement, block);
    } else if (statement.has("define")) {
      define(statement, block);
    } else if (statement.has("use")) {
      use(statement, block);
    } else {
      throw statement.fault(
          "is no statement: must have parameter, let, constraint, layer, group, repeat, define or use");
    }
  }

  private void parameter(YamlNode statement, Block block) {
    String name = block.prefix() + word(statement.field("parameter"));
    Optional<Expression> when = block.both(when(statement, block));
    add(
        statement.has("one_of")
            ? oneOf(name, statement.field("one_of"), when)
            : range(name, statement, when));
  }

  private void add(Parameter parameter) {
    names.declare(parameter.name());
    space.add(parameter);
  }

  private static Parameter oneOf(String name, YamlNode choices, Optional<Expression> when) {
    List<YamlNode> elements = choices.elements();
    List<Double> numbers = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (YamlNode element : elements) {
      words.add(element.text());
      element.number().ifPresent(numbers::add);
    }
    if (numbers.isEmpty()) {
      return new Parameter.Categorical(name, words, when);
    }
    if (numbers.size() < elements.size()) {
      throw choices.fault("has numbers and words, must have one or the other");
    }
    return new Parameter.Discrete(name, numbers, when);
  }

  private static Parameter range(String name, YamlNode node, Optional<Expression> when) {
    int from = node.field("from").integer(-1_000_000, 1_000_000);
    int to = node.field("to").integer(-1_000_000, 1_000_000);
    int step = node.optional("step").map(value -> value.integer(1, 1_000_000)).orElse(1);
    return new Parameter.Range(name, from, to, step, when);
  }

  private void constraint(YamlNode text, Block block) {
    Expression condition = expression(text, block, false);
    // Within a block that is not there, it does not count.
    Expression guarded =
        block
            .when()
            .<Expression>map(
                when -> new Expression.Logical(Expression.Connective.IMPLIES, when, condition))
            .orElse(condition);
    String where = block.prefix().isEmpty() ? "" : " in " + block.prefix().replaceAll("\\.$", "");
    space.constraint(new Constraint(text.text().strip() + where, guarded));
  }

  private void layer(YamlNode statement, Block block) {
    if (layers.size() >= MAX_LAYERS) {
      throw statement.fault("the network grows to more than 2,000 layers");
    }
    YamlNode word = statement.field("layer");
    LayerKind kind =
        LayerKind.of(word.text())
            .orElseThrow(
                () ->
                    word.fault(
                        "there is no layer %s, only %s".formatted(word.text(), LayerKind.words())));
    String name = statement.optional("name").map(BodyReader::word).orElse(kind.word());
    Optional<Expression> when = block.both(when(statement, block));
    Map<String, Expression> fields = new LinkedHashMap<>();
    for (String field : statement.fields().keySet()) {
      if (!Set.of("layer", "name", "when").contains(field)) {
        YamlNode value = statement.field(field);
        fields.put(field, expression(value, block, WORD_FIELDS.contains(field)));
      }
    }
    layers.add(new ChainLayer(unique(block.prefix() + name), kind, when, fields));
  }

  /** Names of layers in the network: {@code g1/b0/bottleneck}, with a number for a second one. */
  private String unique(String name) {
    String path = name.replace('.', '/');
    String candidate = path;
    for (int i = 2; !layerNames.add(candidate); i++) {
      candidate = path + i;
    }
    return candidate;
  }

  private void repeat(YamlNode statement, Block block) {
    String name = word(statement.field("repeat"));
    YamlNode times = statement.field("times");
    int most;
    int least;
    String count = block.prefix() + name + ".times";
    if (times.isMapping()) {
      least = times.field("from").integer(0, MAX_TIMES);
      most = times.field("to").integer(1, MAX_TIMES);
      times.requireAllRead();
      add(new Parameter.Range(count, least, most, 1, block.when()));
    } else {
      most = times.integer(1, MAX_TIMES);
      least = most;
    }
    for (int i = 0; i < most; i++) {
      Block inner = block.inner(name + i, i < least ? Optional.empty() : above(count, i));
      names.define(inner.prefix() + "index", Expression.of(i));
      read(statement.field("body"), inner);
    }
  }

  private void define(YamlNode statement, Block block) {
    if (block.depth() > 0) {
      throw statement.fault("stands in a block: define outside of all of them");
    }
    definitions.add(word(statement.field("define")), statement.field("body"));
  }

  /** Reads what was defined as if it stood here, with names of its own for what it is given. */
  private void use(YamlNode statement, Block block) {
    YamlNode name = statement.field("use");
    YamlNode body = definitions.use(name);
    statement.optional("with").ifPresent(given -> let(given, block));
    try {
      read(body, block.nested());
    } catch (SpaceFormatException e) {
      throw name.used(e);
    }
  }

  private void let(YamlNode formulas, Block block) {
    for (String name : formulas.fields().keySet()) {
      YamlNode formula = formulas.field(name);
      checkWord(formula, name);
      names.define(block.prefix() + name, expression(formula, block, false));
    }
  }

  private static Optional<Expression> above(String count, int index) {
    return Optional.of(
        new Expression.Comparison(
            Relation.GREATER, new Expression.Reference(count), Expression.of(index)));
  }

  private Optional<Expression> when(YamlNode statement, Block block) {
    return statement.optional("when").map(text -> expression(text, block, false));
  }

  private Expression expression(YamlNode text, Block block, boolean wordsAllowed) {
    try {
      return names.resolve(text.text(), block.prefix(), wordsAllowed);
    } catch (IllegalArgumentException e) {
      throw text.fault(e);
    }
  }

  private static String word(YamlNode node) {
    String word = node.text();
    checkWord(node, word);
    return word;
  }

  private static void checkWord(YamlNode node, String word) {
    if (!word.matches("[A-Za-z_][A-Za-z0-9_]{0,39}") || word.equals("index")) {
      throw node.fault(
          "is \"%s\", must be up to 40 letters, digits and _, and not \"index\"".formatted(word));
    }
  }
}
