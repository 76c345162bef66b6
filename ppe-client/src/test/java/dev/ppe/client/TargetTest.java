package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:50051, replicas:///localhost:50051",
    "localhost, replicas:///localhost:50051",
    "[::1]:5, replicas:///%5B::1%5D:5",
    "dns:///ppe.default.svc:50051, dns:///ppe.default.svc:50051",
    "dns:///ppe, dns:///ppe:50051"
  })
  void aTargetIsAUri(String text, String uri) {
    assertThat(Target.parse(text).uri()).isEqualTo(uri);
  }

  @Test
  void severalReplicasAreAList() {
    Target target = Target.parse("a:1, b:2,c");
    assertThat(target.uri()).isEqualTo("replicas:///a:1,b:2,c:50051");
    assertThat(target).hasToString("a:1, b:2,c");
  }

  @Test
  void aListOfNamesIsToldHowListsAreWritten() {
    for (String text : new String[] {"dns:///a,b", "dns:///a:1,b:2", "dns:///a,dns:///b"}) {
      assertThatThrownBy(() -> Target.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "\"%s\": dns:/// is of one name, which stands for all replicas; a list is host:port,host:port"
                  .formatted(text));
    }
  }

  @Test
  void aNameIsEachOfItsAddressesUnderThatName() throws Exception {
    assertThat(Target.parse("dns:///127.0.0.1:7").each())
        .containsExactly(new Target("127.0.0.1:7", "replicas:///127.0.0.1:7?127.0.0.1:7"));
    assertThat(Target.parse("dns:///[::1]:7").each())
        .containsExactly(
            new Target("[0:0:0:0:0:0:0:1]:7", "replicas:///%5B0:0:0:0:0:0:0:1%5D:7?[::1]:7"));
    assertThat(Target.parse("a:1,b").each())
        .containsExactly(Target.parse("a:1"), Target.parse("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":50051",
        "host:0",
        "host:65536",
        "host:port",
        "a:1,,b:2",
        "::1",
        "http://host:1",
        "dns:///",
        "a b:1",
        "host/path:1"
      })
  void whatIsNoTargetIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
