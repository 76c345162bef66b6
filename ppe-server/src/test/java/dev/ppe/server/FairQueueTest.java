package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.FairQueue.Ticket;
import dev.ppe.server.security.ClientIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Within a client by deadline, between clients in equal shares. */
class FairQueueTest {
  private static final ClientIdentity GREEDY = ClientIdentity.ofAddress("greedy");
  private static final ClientIdentity MODEST = ClientIdentity.ofAddress("modest");

  private final FairQueue<String> queue = new FairQueue<>();

  private void add(ClientIdentity client, String item, long deadline, long cost) {
    queue.add(new Ticket(client, deadline, cost), item);
  }

  private List<String> pollAll() {
    List<String> result = new ArrayList<>();
    while (!queue.isEmpty()) {
      result.add(queue.poll().orElseThrow());
    }
    return result;
  }

  @Test
  void oneClientsRequestsAreTakenByDeadlineAndThenInOrder() {
    add(GREEDY, "late", 300, 1);
    add(GREEDY, "soon", 100, 1);
    add(GREEDY, "first of two", 200, 1);
    add(GREEDY, "second of two", 200, 1);
    assertThat(pollAll()).containsExactly("soon", "first of two", "second of two", "late");
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void whoComesLaterWithLittleIsNotBehindWhoCameWithMuch() {
    for (int i = 0; i < 100; i++) {
      add(GREEDY, "greedy" + i, 0, 10); // and with the earliest deadlines
    }
    assertThat(queue.poll()).contains("greedy0");
    add(MODEST, "modest", 1_000_000, 10);
    assertThat(queue.poll()).contains("modest");
  }

  @Test
  void sharesAreOfTimeAndNotOfRequests() {
    for (int i = 0; i < 40; i++) {
      add(GREEDY, "large" + i, 0, 90);
      add(MODEST, "small" + i, 0, 10);
    }
    List<String> first = pollAll().subList(0, 40);
    assertThat(first.stream().filter(item -> item.startsWith("large")).count()).isBetween(3L, 5L);
  }

  @Test
  void whatWasTakenForGrantedIsCorrected() {
    add(GREEDY, "g1", 0, 1);
    add(GREEDY, "g2", 0, 1);
    add(MODEST, "m1", 1, 1);
    add(MODEST, "m2", 1, 1);
    add(MODEST, "m3", 1, 1);
    assertThat(queue.poll()).contains("g1");
    queue.charge(GREEDY, 2); // it took 3
    assertThat(pollAll()).containsExactly("m1", "m2", "m3", "g2");
  }

  @Test
  void whoIsPassedOverIsNextAllTheSame() {
    add(GREEDY, "long", 0, 100);
    add(GREEDY, "short, behind it", 1, 1);
    add(MODEST, "short", 2, 1);
    assertThat(queue.poll(item -> item.startsWith("short"))).contains("short");
    assertThat(queue.poll(item -> item.startsWith("short"))).isEmpty(); // not first of its client
    add(MODEST, "another", 3, 1);
    assertThat(pollAll()).containsExactly("long", "another", "short, behind it");
  }

  @Test
  void passingOthersIsNoStartForWhoComesLater() {
    add(GREEDY, "long", 0, 100);
    for (int i = 0; i < 10; i++) {
      add(MODEST, "passing" + i, 1, 1);
      assertThat(queue.poll(item -> item.startsWith("passing"))).isPresent();
    }
    add(MODEST, "modest", 2, 1);
    add(ClientIdentity.ofAddress("new"), "newcomer1", 3, 1);
    add(ClientIdentity.ofAddress("new"), "newcomer2", 3, 1);
    assertThat(pollAll()).containsExactly("long", "newcomer1", "modest", "newcomer2");
  }

  @Test
  void nobodySavesUpShares() {
    add(GREEDY, "g0", 0, 1);
    for (int i = 1; i <= 20; i++) {
      add(GREEDY, "g" + i, 0, 1);
      queue.poll();
    }
    for (int i = 0; i < 3; i++) {
      add(MODEST, "m" + i, 1, 1); // was idle for 20 turns
      add(GREEDY, "h" + i, 0, 1);
    }
    List<String> order = pollAll();
    assertThat(order.subList(0, 4).stream().filter(item -> item.startsWith("m")).count())
        .isEqualTo(2);
  }

  @Test
  void whatIsAheadIsOnesOwnAndAsMuchOfTheOthers() {
    for (int i = 0; i < 10; i++) {
      add(GREEDY, "greedy" + i, i, 100);
    }
    assertThat(queue.backlog()).isEqualTo(1000);
    assertThat(queue.ahead(new Ticket(GREEDY, 100, 10))).isEqualTo(1000);
    assertThat(queue.ahead(new Ticket(GREEDY, 4, 10))).isEqualTo(500);
    assertThat(queue.ahead(new Ticket(MODEST, 100, 10))).isEqualTo(10);
    add(MODEST, "modest", 0, 50);
    assertThat(queue.ahead(new Ticket(MODEST, 100, 10))).isEqualTo(50 + 60);
    assertThat(queue.ahead(new Ticket(GREEDY, 100, 10))).isEqualTo(1000 + 50);
  }

  /** Any sequence: what went in comes out once, and two busy clients get equal time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inAnySequenceBusyClientsGetEqualTime(long seed) {
    Random random = new Random(seed);
    int largest = 50;
    Map<String, Long> costs = new HashMap<>();
    long[] served = new long[2];
    for (int step = 0; step < 5000; step++) {
      for (int client = 0; client < 2; client++) {
        while (queue.waitingOf(ClientIdentity.ofAddress("c" + client)) < 1 + random.nextInt(4)) {
          String item = client + ":" + costs.size();
          costs.put(item, 1L + random.nextInt(client == 0 ? largest : 5));
          add(ClientIdentity.ofAddress("c" + client), item, random.nextInt(1000), costs.get(item));
        }
      }
      if (random.nextInt(4) == 0) {
        add(ClientIdentity.ofAddress("passing" + step), "2:" + step, random.nextInt(1000), 1);
      }
      String item = queue.poll().orElseThrow();
      int client = item.charAt(0) - '0';
      if (client < 2) {
        served[client] += costs.remove(item);
        costs.put("done " + item, 0L);
      }
      assertThat(Math.abs(served[0] - served[1])).isLessThanOrEqualTo(2L * largest);
    }
    long waiting = queue.size();
    assertThat(pollAll()).doesNotHaveDuplicates().hasSize((int) waiting);
    assertThat(queue.backlog()).isZero();
  }
}
