package dev.ppe.scaling;

import java.util.Arrays;

/**
 * Ends of requests in the order of their times: a binary heap over primitive arrays, since millions
 * are under way. An event is a time, in nanoseconds, and the connection whose request ends.
 */
final class EventQueue {
  private long[] times = new long[1024];
  private long[] connections = new long[1024];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Of the first event. */
  long time() {
    return times[0];
  }

  void add(long time, long connection) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      connections = Arrays.copyOf(connections, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && times[(hole - 1) / 2] > time) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    put(hole, time, connection);
  }

  /** Takes the first event out, and gives its connection. */
  long remove() {
    long first = connections[0];
    size--;
    long time = times[size];
    long connection = connections[size];
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (child >= size || times[child] >= time) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, connection);
    return first;
  }

  private void move(int from, int to) {
    put(to, times[from], connections[from]);
  }

  private void put(int place, long time, long connection) {
    times[place] = time;
    connections[place] = connection;
  }
}
