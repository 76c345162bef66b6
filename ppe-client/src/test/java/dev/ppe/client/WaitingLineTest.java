package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is let in when. */
class WaitingLineTest {
  private final AtomicInteger places = new AtomicInteger(2);
  private final WaitingLine line = new WaitingLine(places::get);
  private final List<Integer> begun = new ArrayList<>();

  private void enter(int... numbers) {
    IntStream.of(numbers).forEach(number -> line.enter(() -> begun.add(number)));
  }

  @Test
  void noMoreBeginThanThereArePlaces() {
    enter(1, 2, 3, 4);
    assertThat(begun).containsExactly(1, 2);
  }

  @Test
  void whoCameFirstIsNext() {
    enter(1, 2, 3, 4, 5);
    line.leave();
    line.leave();
    assertThat(begun).containsExactly(1, 2, 3, 4);
  }

  @Test
  void morePlacesAreFilledAtOnce() {
    enter(1, 2, 3, 4, 5);
    places.set(4);
    line.admit();
    assertThat(begun).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whereThereAreFewerThanBeforeSomeLeaveFirst() {
    enter(1, 2, 3);
    places.set(1);
    line.leave();
    assertThat(begun).containsExactly(1, 2);
    line.leave();
    assertThat(begun).containsExactly(1, 2, 3);
  }

  @Test
  void oneThatIsBrokenKeepsNobodyOut() {
    places.set(0);
    line.enter(
        () -> {
          line.leave();
          throw new StackOverflowError("in a test: reported, and the line goes on");
        });
    enter(1, 2);
    places.set(1);
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    List<Throwable> reported = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.add(e));
    try {
      line.admit();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(begun).containsExactly(1);
    assertThat(reported).hasOnlyElementsOfType(StackOverflowError.class).hasSize(1);
    line.leave();
    assertThat(begun).containsExactly(1, 2);
  }

  @Test
  void thoseThatEndAtOnceLetTheNextInWithoutDepth() {
    places.set(0);
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      line.enter(
          () -> {
            begun.add(number);
            line.leave();
          });
    }
    places.set(1);
    line.admit();
    assertThat(begun).hasSize(100_000).isSorted();
  }
}
