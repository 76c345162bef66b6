package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.wire.AnswerKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckedBytesTest {
  private static final AnswerKey KEY = new AnswerKey("ab");
  private static final byte[] ANSWER = {1, 2, 3, 4};

  @Test
  void whatWasSealedIsOpened() {
    assertThat(CheckedBytes.open(KEY, CheckedBytes.seal(KEY, ANSWER))).contains(ANSWER);
    assertThat(CheckedBytes.open(KEY, CheckedBytes.seal(KEY, new byte[0]))).contains(new byte[0]);
  }

  @Test
  void anotherKeysAnswerIsNone() {
    assertThat(CheckedBytes.open(new AnswerKey("ac"), CheckedBytes.seal(KEY, ANSWER))).isEmpty();
  }

  @Test
  void anyDamageIsFound() {
    byte[] sealed = CheckedBytes.seal(KEY, ANSWER);
    for (int length = 0; length < sealed.length; length++) {
      assertThat(CheckedBytes.open(KEY, Arrays.copyOf(sealed, length))).isEmpty();
    }
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] damaged = sealed.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(CheckedBytes.open(KEY, damaged)).isEmpty();
    }
  }
}
