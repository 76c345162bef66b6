package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;

/** How many bytes of half requests a client may have. */
class ArrivingBytesTest {
  private static final ClientIdentity ONE = ClientIdentity.ofAddress("one");
  private static final ClientIdentity OTHER = ClientIdentity.ofAddress("other");

  private final ArrivingBytes bytes = new ArrivingBytes(120);

  @Test
  void oneAloneHasHalf() {
    assertThat(bytes.add(ONE, 60)).isTrue();
    assertThat(bytes.add(ONE, 1)).isFalse();
  }

  @Test
  void whoComesNextFindsHalfOfWhatIsLeft() {
    bytes.add(ONE, 60);
    assertThat(bytes.add(OTHER, 30)).isTrue();
    assertThat(bytes.add(OTHER, 1)).isFalse();
  }

  @Test
  void allTogetherStayWithinTheLimit() {
    for (int i = 0; i < 1000; i++) {
      ClientIdentity client = ClientIdentity.ofAddress("client " + i);
      while (bytes.add(client, 1)) {}
      bytes.release(client, 1);
    }
    assertThat(bytes.bytes()).isLessThanOrEqualTo(120);
  }

  @Test
  void whatIsTakenMakesRoom() {
    bytes.add(ONE, 60);
    bytes.release(ONE, 60);
    assertThat(bytes.bytes()).isZero();
    assertThat(bytes.add(OTHER, 60)).isTrue();
  }

  @Test
  void whoHasNothingIsForgotten() {
    bytes.add(ONE, 0); // a call has begun, and nothing of its request has come
    bytes.release(ONE, 0);
    bytes.add(OTHER, 10);
    assertThat(bytes.clients()).isOne();
    bytes.release(OTHER, 10);
    assertThat(bytes.clients()).isZero();
  }

  @Test
  void aMessageOfTheLargestSizeHasRoomInSmallFramesUnlessItIsSaid() {
    int largest = 1 << 30;
    ArrivingBytes derived = new ArrivingBytes(DirectMemory.forArriving(0, largest));
    for (int sent = 0; sent < largest; sent += 1024) {
      assertThat(derived.add(ONE, 1024 + 128)).isTrue();
    }
    assertThat(DirectMemory.forArriving(7, largest)).isEqualTo(7);
  }

  @Test
  void windowsOfAllConnectionsTakeHalfOfTheMemoryAtTheMost() {
    long half = PlatformDependent.maxDirectMemory() / 2;
    for (int window : new int[] {70_000, 300_000, 1_000_000}) {
      int connections = (int) (half / window);
      assertThat((long) DirectMemory.window(connections) * connections)
          .isLessThanOrEqualTo(half)
          .isGreaterThan(half - connections);
    }
    assertThat(DirectMemory.window(1)).isEqualTo(1 << 20);
    assertThat(DirectMemory.window(Integer.MAX_VALUE)).isEqualTo(65_535);
  }
}
