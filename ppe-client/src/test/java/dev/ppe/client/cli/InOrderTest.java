package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InOrderTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 200})
  void resultsComeInTheOrderOfTheItems(int width) {
    List<Integer> results = new ArrayList<>();
    InOrder.run(ITEMS, width, item -> item * item, results::add);
    assertThat(results).isEqualTo(ITEMS.stream().map(item -> item * item).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void theTakerMayHaveEnough(int width) {
    List<Integer> results = new ArrayList<>();
    InOrder.run(
        ITEMS,
        width,
        item -> item,
        result -> {
          results.add(result);
          return result < 5;
        });
    assertThat(results).containsExactly(0, 1, 2, 3, 4, 5);
  }

  private static boolean fail(Error error) {
    throw error;
  }

  private static boolean fail(RuntimeException failure) {
    throw failure;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void whatWorkThrowsIsThrownAsItIs(int width) {
    OutOfMemoryError memory = new OutOfMemoryError("in a test");
    assertThatThrownBy(() -> InOrder.run(ITEMS, width, item -> fail(memory), result -> true))
        .isSameAs(memory);
    ArithmeticException mistake = new ArithmeticException("in a test");
    assertThatThrownBy(() -> InOrder.run(ITEMS, width, item -> fail(mistake), result -> true))
        .isSameAs(mistake);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16})
  void workGoesOnSideBySide(int width) {
    CountDownLatch together = new CountDownLatch(width);
    InOrder.run(
        ITEMS.subList(0, width),
        width,
        item -> {
          together.countDown();
          try {
            together.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return item;
        },
        result -> true);
    assertThat(together.getCount()).isZero();
  }
}
