package dev.ppe.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsFileTest {
  private static final String HASH = "ab".repeat(32);
  private static final String GOOD =
      """
      search-a:
        tokens: [%s, %s]
        requestsPerSecond: 200
        burst: 400
      search.b:
        tokens: [%s]
        requestsPerSecond: 5
      operator:
        tokens: [%s]
        certificates: [operator.example.org]
      """
          .formatted("a1".repeat(32), "a2".repeat(32), "a3".repeat(32), "a4".repeat(32));

  private static List<Client> parse(String yaml) {
    return ClientsFile.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void clientsHaveTokensAndMayHaveQuotas() {
    List<Client> clients = parse(GOOD);
    assertThat(clients)
        .extracting(Client::name)
        .containsExactly("search-a", "search.b", "operator");
    assertThat(clients.getFirst().tokenHashes()).hasSize(2);
    assertThat(clients)
        .extracting(Client::rate)
        .containsExactly(
            Optional.of(new Client.Rate(200, 400)),
            Optional.of(new Client.Rate(5, 5)),
            Optional.empty());
  }

  @Test
  void clientsMayBeKnownByCertificatesAlone() {
    List<Client> clients =
        parse("a: {certificates: [a.example.org, b.example.org], requestsPerSecond: 3}");

    assertThat(clients.getFirst().certificateNames())
        .containsExactly("a.example.org", "b.example.org");
    assertThat(clients.getFirst().tokenHashes()).isEmpty();
    assertThat(clients.getFirst().rate()).contains(new Client.Rate(3, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                        | must be a mapping from names
          []                                        | must be a mapping from names
          a: 3                                      | a must be a mapping of fields
          a: {}                                     | a must have tokens, certificates or both
          a: {certificates: []}                     | a.certificates is empty
          a: {certificates: x}                      | a.certificates
          a: {certificates: [" "]}                  | a.certificates must hold common names of 1 to 256
          'a: {certificates: [x, x]}'               | a.certificates holds a name that is there already
          '{a: {certificates: [x]}, b: {certificates: [x]}}' | b.certificates holds a name that is there
          a: {tokens: []}                           | a.tokens is empty
          a: {tokens: hunter2}                      | a.tokens must be a list
          a: {tokens: [hunter2]}                    | a.tokens must hold SHA-256 hashes
          a: {tokens: [HASH], rate: 3}              | a.rate is no field
          a: {tokens: [HASH], burst: 3}             | a.burst is given without requestsPerSecond
          a: {tokens: [HASH], requestsPerSecond: 0} | a.requestsPerSecond is 0, must be between 1
          a: {tokens: [HASH], requestsPerSecond: x} | a.requestsPerSecond is "x", must be a whole
          'a: {tokens: [HASH, HASH]}'               | a.tokens holds a token that is there already
          '"a b": {tokens: [HASH]}'                 | client 1 has a name that is not
          'a: {tokens: [hunter2'                    | line 1: is not YAML
          """)
  void aMistakeIsNamedAndNoTokenIsQuoted(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(yaml.replace("HASH", HASH)))
        .withMessageContaining(message)
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damagedFilesAreReadOrRefusedAndNothingElse(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Throwable failure = catchThrowable(() -> ClientsFile.parse(bytes));
      if (failure != null) {
        assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
