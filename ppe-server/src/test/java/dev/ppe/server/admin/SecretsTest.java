package dev.ppe.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords are shown to nobody, whatever is in them. */
class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "redisUrl, redis://user:word@host:1, redis://***@host:1",
    "redisUrl, redis://user:p@ss@word@host:1/0, redis://***@host:1/0",
    "redisUrl, redis://host:1/a@b, redis://host:1/a@b",
    "redis.password, word, ***",
    "tls.key, /etc/ppe/server.key, /etc/ppe/server.key"
  })
  void valuesAreMasked(String field, String value, String shown) {
    assertThat(Secrets.masked(field, value)).isEqualTo(shown);
  }
}
