package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the messages of one call hold that have come, whole or in part, and that somebody holds for
 * whoever takes them: in bytes. Not safe for use by several threads.
 */
final class HeldMessages {
  /** Objects in the heap for each frame, and each message, however small it is. */
  private static final int OBJECTS = 128;

  private final MessageBorders borders;

  /** Of the message that is on its way, and of those that are whole, the oldest first. */
  private long partial;

  private final Deque<Long> whole = new ArrayDeque<>(2);

  /** What the oldest has been unpacked to until now; and how much of that counts besides. */
  private long unpacked;

  private long added;

  private long ended;

  /** None yet; whether their call {@code mayPack} them is what the call's headers say. */
  HeldMessages(boolean mayPack) {
    borders = new MessageBorders(mayPack);
  }

  /**
   * What a frame adds. All of it is held by the last message in it, which keeps it for as long as
   * any other does.
   *
   * @return how much that is
   */
  long arrived(ByteBuf frame) {
    long bytes = (long) OBJECTS + frame.readableBytes();
    int here = borders.pass(frame);
    for (int i = 1; i <= here; i++) {
      boolean last = i == here && borders.isBetween();
      whole.add(partial + OBJECTS + (last ? bytes : 0));
      partial = 0;
    }
    if (!borders.isBetween()) {
      partial += bytes;
    }
    ended += here;
    return bytes + (long) here * OBJECTS;
  }

  /**
   * What is wrong with what has come, if anything is.
   *
   * @param all whether no more comes
   */
  Optional<String> fault(boolean all) {
    return all && !borders.isBetween()
        ? Optional.of("the request ends within a message")
        : borders.fault();
  }

  /** How many messages have come whole, taken or not. */
  long ended() {
    return ended;
  }

  /**
   * So many more bytes have been unpacked of the oldest. Until it is read they are held twice: as
   * they come, and in one piece at the end. Returns by how much that holds more.
   */
  long unpacked(long bytes) {
    unpacked += bytes;
    long more = 2 * beyondPacked() - added;
    added += more;
    return more;
  }

  /** The oldest is read. Returns how much it holds no longer. */
  long read() {
    long less = added - beyondPacked();
    added -= less;
    return less;
  }

  private long beyondPacked() {
    return Math.max(0, unpacked - Optional.ofNullable(whole.peek()).orElse(0L));
  }

  /** What one of them takes, or will take when it is whole: on its way, just come, or unpacked. */
  long ofOne() {
    long newest = Optional.ofNullable(whole.peekLast()).orElse(0L);
    long oldest = Optional.ofNullable(whole.peekFirst()).orElse(0L);
    return Math.max(Math.max(partial + borders.left(), newest), oldest + added);
  }

  /** The oldest is taken. Returns what it held. */
  long take() {
    long held = Optional.ofNullable(whole.poll()).orElse(0L) + added;
    unpacked = 0;
    added = 0;
    return held;
  }

  /** All that are whole are taken. Returns what they held. */
  long takeAll() {
    long held = 0;
    while (!whole.isEmpty()) {
      held += take();
    }
    return held + take();
  }

  /** The call has ended, and nobody holds any of it. Returns what was held. */
  long drop() {
    long held = partial + takeAll();
    partial = 0;
    return held;
  }

  /** What is held. */
  long bytes() {
    return partial + added + whole.stream().mapToLong(Long::longValue).sum();
  }
}
