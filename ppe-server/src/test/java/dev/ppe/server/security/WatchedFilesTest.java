package dev.ppe.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is of no use replaces nothing, and is tried again until it is of use or gone. */
class WatchedFilesTest {
  @TempDir private Path folder;

  private final List<String> used = new ArrayList<>();
  private Optional<Error> error = Optional.empty();
  private Path one;
  private Path two;
  private WatchedFiles files;

  @BeforeEach
  void load() throws IOException {
    one = Files.writeString(folder.resolve("one"), "old");
    two = Files.writeString(folder.resolve("two"), "old");
    files = WatchedFiles.load("pair", List.of(one, two), this::use);
  }

  /** A pair belongs together if both say the same. */
  private void use(List<byte[]> contents) {
    error.ifPresent(
        thrown -> {
          throw thrown;
        });
    String first = new String(contents.get(0), StandardCharsets.UTF_8);
    if (!first.equals(new String(contents.get(1), StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException("no pair");
    }
    used.add(first);
  }

  @Test
  void whatHasNotChangedIsNotTakenInAgain() {
    files.poll();
    assertThat(used).containsExactly("old");
    assertThat(files.refused()).isFalse();
  }

  @Test
  void aPairThatIsHalfReplacedIsRefusedUntilTheOtherHalfIsThere() throws IOException {
    Files.writeString(one, "new");
    files.poll();
    files.poll();
    assertThat(files.refused()).isTrue();
    assertThat(files.failures()).isEqualTo(1);
    Files.writeString(two, "new");
    files.poll();
    assertThat(files.refused()).isFalse();
    assertThat(used).containsExactly("old", "new");
  }

  @Test
  void nothingIsRefusedAnyMoreWhenTheOldFileIsBack() throws IOException {
    Files.writeString(one, "new");
    files.poll();
    Files.writeString(one, "old");
    files.poll();
    assertThat(files.refused()).isFalse();
    assertThat(used).containsExactly("old");
  }

  @Test
  void aFileThatIsMissingIsRefusedOnce() throws IOException {
    Files.delete(two);
    files.poll();
    files.poll();
    assertThat(files.refused()).isTrue();
    assertThat(files.failures()).isEqualTo(1);
  }

  @Test
  void whatFailedForAnotherReasonIsTriedAgainThoughItIsTheSame() throws IOException {
    Files.writeString(one, "new");
    Files.writeString(two, "new");
    error = Optional.of(new OutOfMemoryError("in a test"));
    files.poll();
    assertThat(files.refused()).isTrue();
    error = Optional.empty();
    files.poll();
    assertThat(files.refused()).isFalse();
    assertThat(used).containsExactly("old", "new");
  }

  @Test
  void aFileThatCannotBeTakenInDoesNotKeepTheOthersFromIt() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "old");
    CountDownLatch reloaded = new CountDownLatch(3); // at the start, and twice
    WatchedFiles others =
        WatchedFiles.load("other", List.of(other), contents -> reloaded.countDown());
    error = Optional.of(new AssertionError("in a test"));
    Files.writeString(one, "new");
    try (FileWatcher watcher = new FileWatcher(List.of(files, others), Duration.ofMillis(1))) {
      for (int change = 0; !reloaded.await(20, TimeUnit.MILLISECONDS) && change < 1500; change++) {
        Files.writeString(other, "new" + change);
      }
      assertThat(reloaded.getCount()).isZero();
      assertThat(watcher.refused()).isEqualTo(1);
    }
  }
}
