package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code MalformedCallTest} sends most of what is refused to a server. */
class CallHeadersTest {
  private static Http2Headers call() {
    return new DefaultHttp2Headers(false)
        .method("POST")
        .path("/a/b")
        .add("content-type", "application/grpc");
  }

  @Test
  void aCallHasAPath() {
    assertThat(CallHeaders.faultOf(call())).isEmpty();
    assertThat(CallHeaders.faultOf(call().path("")).orElseThrow().httpStatus()).isEqualTo("404");
    assertThat(CallHeaders.faultOf(call().path("a/b"))).isPresent();
    Http2Headers none = call();
    none.remove(":path");
    assertThat(CallHeaders.faultOf(none).orElseThrow().words()).contains(":path is not");
  }

  @Test
  void oneHostIsAnAuthority() {
    assertThat(CallHeaders.faultOf(call().add("host", "a"))).isEmpty();
    assertThat(CallHeaders.faultOf(call().authority("a").add("host", "b").add("host", "c")))
        .as("hosts beside an authority mean nothing")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"gzip, true", "identity, false"})
  void messagesMayBePackedAsHeadersSay(String encoding, boolean packed) {
    Metadata headers = new Metadata();
    assertThat(CallHeaders.mayPack(headers)).isFalse();

    headers.put(Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER), encoding);

    assertThat(CallHeaders.mayPack(headers)).isEqualTo(packed);
  }
}
