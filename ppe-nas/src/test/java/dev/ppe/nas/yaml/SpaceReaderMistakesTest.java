package dev.ppe.nas.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceReaderMistakesTest {
  private static final String BODY_BEGINS_IN_LINE_5 =
      """
      name: tiny
      description: for mistakes
      image: 32
      body:
      """;

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> SpaceReader.read("my.yaml", text))
        .isInstanceOf(SpaceFormatException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{parameter: a} | line 5: body[0]: from is missing",
        "{parameter: a, one_of: []} | a has 0 choices",
        "{parameter: a, one_of: [1, 1]} | a has a choice twice",
        "{parameter: a, one_of: [1, x]} | line 5: body[0].one_of: has numbers and words",
        "{parameter: a, one_of: 3} | line 5: body[0].one_of: must be a list",
        "{parameter: a, one_of: [1], form: 3} | line 5: body[0].form: is no field of this",
        "{parameter: a b, one_of: [1]} | body[0].parameter: is \"a b\", must be up to 40",
        "{parameter: index, one_of: [1]} | and not \"index\"",
        "{parameter: a, from: 5, to: 1} | a goes from 5 to 1",
        "{parameter: a, from: x, to: 1} | body[0].from: is \"x\", must be a whole number",
        "{parameter: a, one_of: [1], when: b} | body[0].when: there is nothing called \"b\" before",
        "{let: a, be: 1 +} | body[0].be: the expression \"1 +\" has its end in column 4",
        "{layer: magic} | body[0].layer: there is no layer magic, only conv, bottleneck",
        "{layer: conv} | body[0]: a layer conv needs channels",
        "{layer: conv, channels: 8, color: 1} | a layer conv has no field color, only activation",
        "{layer: conv, channels: many} | body[0].channels: there is nothing called \"many\"",
        "{repeat: b, times: 0, body: []} | body[0].times: is \"0\", must be a whole number from 1",
        "{repeat: b, times: 101, body: []} | from 1 to 100",
        "{group: g} | body is missing",
        "{something: g} | is no statement: must have parameter, let",
        "{define: d, body: [{let: a, be: 1}]} | line 5: body[0].body: d is defined, and never used",
        "{define: d} | line 5: body[0]: body is missing",
        "{define: d, body: []}, {define: d, body: []} | body: d is defined twice",
        "{group: g, body: [{define: d, body: []}]} | body[0].body[0]: stands in a block: define",
        "{use: d} | line 5: body[0].use: nothing is defined as d before this",
        "{define: d, body: []}, {use: e} | nothing is defined as e before this, only d",
        "{define: d, body: 3}, {use: d} | body[0].body: must be a list (used in line 6)",
        "{define: d, body: []}, {use: d, with: 3} | body[1].with: must be a mapping",
        "{define: d, body: []}, {use: d, with: {a b: 3}} | body[1].with.a b: is \"a b\", must be",
        "{define: d, body: []}, {use: d, with: {a: b}} | with.a: there is nothing called \"b\"",
        "{define: d, body: []}, {use: d, body: []} | body[1].body: is no field of this",
        "{define: d, body: [{use: d}]}, {use: d} | blocks lie more than 40 deep (used in line 5)",
        "3 | must be a mapping of fields",
        "{let: a, be: 1, let: b} | body[0].let: is given twice",
        "{? [a] : b} | has a field whose name is no word"
      })
  void aStatementThatIsWrongIsNamedWithLineAndField(String statement, String message) {
    String statements = statement.replace("}, {", "}\n  - {");
    assertRefused(BODY_BEGINS_IN_LINE_5 + "  - " + statements + "\n", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "activation: blue | activation of layer conv is blue, must be one of [none, relu,",
        "stride: 0 | stride of layer conv is 0, must be a whole number, 1 or more",
        "kernel: 1.5 | kernel of layer conv is 1.5, must be a whole number",
        "kernel: \"'big'\" | kernel of layer conv is big, must be a number",
        "groups: 2 | layer \"conv/conv1x1\": 3 input channels do not divide into 2 groups"
      })
  void aFigureThatIsWrongIsNamedWithItsLayer(String field, String message) {
    assertRefused(
        BODY_BEGINS_IN_LINE_5
            + "  - {parameter: a, one_of: [8]}\n  - {layer: conv, channels: a, %s}\n"
                .formatted(field),
        message);
  }

  @Test
  void theFrameOfADescriptionIsChecked() {
    assertRefused("", "my.yaml is empty");
    assertRefused("[1]", "my.yaml line 1: must be a mapping");
    assertRefused("name: A b\n", "name: is \"A b\", must be small letters");
    assertRefused("name: a\n", "description is missing");
    assertRefused("name: a\ndescription: b\nbody: []\n", "0 parameters");
    assertRefused("name: a\ndescription: b\nimage: 0\nbody: []\n", "0 parameters");
    assertRefused(
        "name: a\ndescription: b\ntopology: x\nbody: [{parameter: a, one_of: [1]}]\n",
        "there is no topology \"x\", only nasbench201");
    assertRefused(
        "name: a\ndescription: b\ntopology: nasbench201\nbody: [{parameter: a, one_of: [1]}]\n",
        "there is no parameter edge01");
    assertRefused("name: [\n", "my.yaml line 2: is not YAML");
    assertRefused("a: b: c", "my.yaml line 1: is not YAML");
    assertRefused("name: \u0000", "my.yaml is not YAML");
  }

  @Test
  void aMistakeInWhatWasDefinedIsToldWithBothPlaces() {
    assertRefused(
        BODY_BEGINS_IN_LINE_5
            + """
              - define: block
                body:
                  - {parameter: kernel, one_of: [3, 5]}
                  - {layer: conv, kernel: kernel, channels: filters}
              - group: g0
                body:
                  - {use: block, with: {filters: 8}}
              - group: g1
                body:
                  - {use: block}
            """,
        "my.yaml line 8: body[0].body[1].channels: there is nothing called \"filters\" before this"
            + " (used in line 14)");
  }

  @Test
  void whatGrowsIsLimited() {
    assertRefused("a: &x [1]\nb: *x\n", "my.yaml line 2: has an alias");
    assertRefused("a: " + "[".repeat(100) + "]".repeat(100), "is not YAML: Nesting Depth");
    assertRefused("#".repeat(300_000), "must have 262144 or less");
    String repeats =
        "  - {repeat: a, times: 100, body: [{repeat: b, times: 100, body: ["
            + "{let: x, be: 1}, {let: y, be: 1}]}]}\n";
    assertRefused(BODY_BEGINS_IN_LINE_5 + repeats, "more than 20,000 statements");
    StringBuilder uses = new StringBuilder("  - {define: d1, body: [{let: x, be: 1}]}\n");
    for (int i = 2; i < 20; i++) {
      uses.append(
          "  - {define: d%d, body: [{group: a, body: [{use: d%d}]}, {group: b, body: [{use: d%d}]}]}\n"
              .formatted(i, i - 1, i - 1));
    }
    assertRefused(BODY_BEGINS_IN_LINE_5 + uses + "  - {use: d19}\n", "more than 20,000 statements");
    StringBuilder doubling = new StringBuilder("  - {let: a0, be: 1}\n");
    for (int i = 1; i < 30; i++) {
      doubling.append("  - {let: a%d, be: a%d + a%d}\n".formatted(i, i - 1, i - 1));
    }
    assertRefused(BODY_BEGINS_IN_LINE_5 + doubling, "line 13: body[8].be: a formula has more");
  }
}
