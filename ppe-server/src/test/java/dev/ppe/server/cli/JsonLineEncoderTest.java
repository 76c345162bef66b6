package dev.ppe.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {
  private final Logger logger = new LoggerContext().getLogger("dev.ppe.server.RequestLog");

  private JsonNode line(Optional<Throwable> failure, KeyValuePair... fields) throws IOException {
    LoggingEvent event =
        new LoggingEvent(
            "",
            logger,
            Level.WARN,
            "a \"message\"\nof {} lines",
            failure.orElse(null),
            new Object[] {2});
    for (KeyValuePair field : fields) {
      event.addKeyValuePair(field);
    }
    String text = new String(new JsonLineEncoder().encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").hasLineCount(1);
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aLineIsAnObjectWithItsFields() throws IOException {
    JsonNode line =
        line(Optional.empty(), new KeyValuePair("request_id", "a-1"), new KeyValuePair("us", 12L));
    assertThat(line.get("message").asText()).isEqualTo("a \"message\"\nof 2 lines");
    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("logger").asText()).isEqualTo("dev.ppe.server.RequestLog");
    assertThat(line.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.get("request_id").asText()).isEqualTo("a-1");
    assertThat(line.get("us").isIntegralNumber()).isTrue();
    assertThat(line.has("stack")).isFalse();
  }

  @Test
  void aStackIsOneField() throws IOException {
    JsonNode line = line(Optional.of(new IllegalStateException("why")));
    assertThat(line.get("stack").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("JsonLineEncoderTest");
  }
}
