package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What one call's messages hold, as it counts towards what its client may have on its way in. Not
 * safe for use by several threads.
 */
final class CountedMessages {
  private final ArrivingBytes arriving;
  private final HeldMessages messages;

  /** Whose they are, once that is known. */
  private Optional<ClientIdentity> client = Optional.empty();

  private boolean tooMuch;

  /**
   * None yet, of a client yet to be known; whether their call {@code mayPack} them is what the
   * call's headers say.
   */
  CountedMessages(ArrivingBytes arriving, boolean mayPack) {
    this.arriving = arriving;
    this.messages = new HeldMessages(mayPack);
  }

  /** Their client is known: what has come of them counts from now on. */
  void countFor(ClientIdentity from) {
    client = Optional.of(from);
    tooMuch = !arriving.add(from, messages.bytes());
  }

  /** A frame of them has come. Returns whether their client may have as much. */
  boolean arrived(ByteBuf frame) {
    long kept = messages.arrived(frame);
    tooMuch = client.isPresent() && !arriving.add(client.get(), kept);
    return !tooMuch;
  }

  /** What is wrong with what has come, {@code all} of it or not yet, if anything is. */
  Optional<String> fault(boolean all) {
    return messages.fault(all);
  }

  /** Whether their client had too much when the last frame came. */
  boolean tooMuch() {
    return tooMuch;
  }

  /** So many more bytes are unpacked of the oldest. Returns whether their client may have them. */
  boolean unpacked(long bytes) {
    if (client.isEmpty()) {
      return true;
    }
    long more = messages.unpacked(bytes);
    return more == 0 || arriving.add(client.get(), more);
  }

  /** Whether each could have found room if there had been nothing else on its way in. */
  boolean mightFit() {
    return arriving.mayHave(messages.ofOne());
  }

  /** How many have come whole, taken or not. */
  long ended() {
    return messages.ended();
  }

  /** The oldest has been read. */
  void read() {
    release(messages.read());
  }

  /** The oldest is taken. */
  void take() {
    release(messages.take());
  }

  /** All that are whole are taken. */
  void takeAll() {
    release(messages.takeAll());
  }

  /** Nobody holds any of them. */
  void drop() {
    release(messages.drop());
  }

  private void release(long bytes) {
    client.ifPresent(from -> arriving.release(from, bytes));
  }
}
