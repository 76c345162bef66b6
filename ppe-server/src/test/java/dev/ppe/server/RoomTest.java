package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has the most makes way for those with less, and never in vain. */
class RoomTest {
  private static final ClientIdentity GREEDY = ClientIdentity.ofAddress("greedy");
  private static final ClientIdentity OTHER = ClientIdentity.ofAddress("other");
  private static final ClientIdentity MODEST = ClientIdentity.ofAddress("modest");
  private static final long MAX_BYTES = 1000;

  private final Room<String> room = new Room<>();

  private void enter(ClientIdentity client, String item, long deadline, long bytes) {
    room.enter(item, new Room.Claim(client, deadline, bytes));
  }

  private Optional<List<String>> makingWay(ClientIdentity newcomer, int most, long bytes) {
    return room.makingWay(
        newcomer,
        bytes,
        (held, more) -> held.requests() < most && held.bytes() + more <= MAX_BYTES);
  }

  @Test
  void nobodyMakesWayWhereThereIsRoom() {
    enter(GREEDY, "one", 0, 500);
    assertThat(makingWay(MODEST, 2, 500)).contains(List.of());
  }

  @Test
  void roomIsTakenFromWhoHasTheMost() {
    for (int i = 0; i < 3; i++) {
      enter(GREEDY, "greedy" + i, i, 1);
    }
    assertThat(makingWay(GREEDY, 3, 1)).isEmpty();
    assertThat(makingWay(MODEST, 3, 1)).contains(List.of("greedy2")); // the last to be due
    assertThat(room.size()).isEqualTo(3); // nobody has left yet
    room.leave("greedy2");
    enter(MODEST, "modest", 9, 1);
    assertThat(makingWay(MODEST, 3, 1)).isEmpty(); // two each is no less than two and one
  }

  @Test
  void whoHasTheMostBytesMakesWayWhereBytesAreShort() {
    for (int i = 0; i < 4; i++) {
      enter(GREEDY, "large" + i, i, 200);
      enter(OTHER, "small" + i, i, 1);
      enter(OTHER, "tiny" + i, i, 1);
    }
    assertThat(makingWay(MODEST, 100, 300)).contains(List.of("large3"));
    assertThat(makingWay(MODEST, 100, 400)).contains(List.of("large3", "large2"));
  }

  @Test
  void whoWouldHaveLessThanTheNewcomerKeepsIt() {
    enter(GREEDY, "only one", 0, 900);
    assertThat(makingWay(MODEST, 100, 200)).isEmpty();
    enter(GREEDY, "small", 1, 100);
    assertThat(makingWay(MODEST, 100, 100)).contains(List.of("small"));
    assertThat(makingWay(MODEST, 100, 901)).isEmpty();
  }

  @Test
  void whatNeverFitsTakesNothing() {
    for (int i = 0; i < 9; i++) {
      enter(GREEDY, "greedy" + i, i, 10);
    }
    assertThat(makingWay(MODEST, 9, MAX_BYTES)).isEmpty();
    assertThat(makingWay(MODEST, 9, MAX_BYTES + 1)).isEmpty();
    assertThat(room.size()).isEqualTo(9);
    assertThat(room.bytes()).isEqualTo(90);
  }

  @Test
  void whatAWorkerIsAtStays() {
    for (int i = 0; i < 3; i++) {
      enter(GREEDY, "greedy" + i, i, 1);
    }
    room.hold("greedy2");
    assertThat(makingWay(MODEST, 3, 1)).contains(List.of("greedy1"));
    room.hold("greedy1");
    assertThat(makingWay(MODEST, 3, 1)).isEmpty();
    room.release("greedy2");
    assertThat(makingWay(MODEST, 3, 1)).contains(List.of("greedy2"));
  }

  @Test
  void whatHasLeftIsForgotten() {
    enter(GREEDY, "one", 0, 7);
    room.hold("one");
    room.leave("one");
    room.release("one");
    room.leave("one");
    assertThat(room.size()).isZero();
    assertThat(room.bytes()).isZero();
    enter(OTHER, "two", 0, 7);
    assertThat(makingWay(MODEST, 1, 7)).isEmpty();
  }
}
