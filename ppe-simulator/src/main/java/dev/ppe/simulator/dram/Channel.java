package dev.ppe.simulator.dram;

import dev.ppe.simulator.dram.DramTiming.Column;
import dev.ppe.simulator.dram.DramTiming.Row;

/**
 * The controller of one channel. Bursts move in the order they were asked for; a row is closed
 * behind the last burst that an access has in it, and while one row is read or written the next one
 * of the same access is opened ahead in its own bank. Refreshes are on time: before one is due no
 * command starts after which its row could not be closed by then.
 *
 * <p>So nothing that is done early delays anything: accesses that start no later end no later.
 *
 * <p>The events are runs: bursts in one row, up to the next refresh, one {@code burstCycles} after
 * the other. Their number is all that the cost depends on, and long streams skip most of them
 * through {@link Recurrence}.
 */
final class Channel {
  private static final long LONG_AGO = -(1L << 40);

  private final Column column;
  private final Row row;
  private final long refreshInterval;
  private final int burstsPerRow;
  private final Banks banks;
  private final Recurrence withinRow = new Recurrence();
  private final Recurrence acrossRows = new Recurrence();
  private final long[] counters = new long[Counter.COUNT];

  private long lastColumn = LONG_AGO; // cycle of the last read or write command
  private boolean lastWrite;
  private long refreshDue; // the next one
  private long refreshedFrom = LONG_AGO; // the last one: from when it kept commands waiting
  private long refreshedUntil = LONG_AGO; // until the banks could be used again
  private long runs;

  Channel(DramTiming timing) {
    this.column = timing.column();
    this.row = timing.row();
    this.refreshInterval = timing.refresh().tRefi();
    this.burstsPerRow = timing.geometry().burstsPerRow();
    this.banks = new Banks(timing, counters);
    this.refreshDue = refreshInterval;
  }

  /**
   * Moves the bursts {@code [first, end)} of this channel, which are asked for at cycle {@code
   * arrival}, after all that were asked for before.
   *
   * @return the cycle after the last beat
   */
  long transfer(long arrival, long first, long end, boolean write) {
    long head = Math.max(arrival, lastColumn); // since when the run has been the oldest one
    refreshWhileIdle(head);
    withinRow.restart();
    acrossRows.restart();
    long position = first;
    while (position < end) {
      runs++;
      long rowIndex = position / burstsPerRow;
      long rowEnd = Math.min(end, (rowIndex + 1) * burstsPerRow);
      long start = prepare(rowIndex, rowEnd < end, head, write);
      long last = refreshDue - closing(write);
      if (start <= last) {
        long bursts = Math.min(rowEnd - position, (last - start) / column.burstCycles() + 1);
        move(rowIndex, start, bursts, write, arrival);
        position += bursts;
      }
      if (position == rowEnd) {
        banks.close(rowIndex);
        head = lastColumn;
        withinRow.restart();
        continue;
      }
      refresh(write);
      if (position > first) {
        position = skip(position, rowEnd, end);
      }
    }
    return lastColumn + column.dataEnd(write);
  }

  /**
   * Opens a row and, after it, the one that follows in the same access: the next bank's.
   *
   * @return when the first column command in the row can start, unless a refresh comes first
   */
  private long prepare(long rowIndex, boolean another, long head, boolean write) {
    long activated = banks.open(rowIndex, head, refreshDue);
    if (activated == Banks.TOO_LATE) {
      return Banks.TOO_LATE;
    }
    if (another && banks.areSeveral()) {
      banks.open(rowIndex + 1, Math.max(head, activated), refreshDue);
    }
    return Math.max(Math.max(head, activated + row.tRcd()), busFree(write));
  }

  /** From a column command until its row has been closed, and a refresh may begin. */
  private int closing(boolean write) {
    return (write ? column.writeDataEnd() + row.tWr() : row.tRtp()) + row.tRp();
  }

  /** The first cycle at which the data bus lets a column command start. */
  private long busFree(boolean write) {
    if (write == lastWrite) {
      return lastColumn + column.burstCycles();
    }
    return lastColumn + (write ? column.tRtw() : column.writeDataEnd() + column.tWtr());
  }

  /** Reads or writes bursts of an open row, the first at {@code start}. */
  private void move(long rowIndex, long start, long bursts, boolean write, long arrival) {
    account(start, write, arrival);
    counters[Counter.DATA] += bursts * column.burstCycles();
    counters[write ? Counter.WRITE_BURSTS : Counter.READ_BURSTS] += bursts;
    lastColumn = start + (bursts - 1) * column.burstCycles();
    lastWrite = write;
    banks.keepOpenUntil(
        lastColumn + (write ? column.writeDataEnd() + row.tWr() : row.tRtp()), rowIndex);
  }

  /** Gives every cycle without data until {@code start} its cause. */
  private void account(long start, boolean write, long arrival) {
    long waiting = Math.max(arrival, lastColumn + column.burstCycles());
    long turnedAround = Math.max(waiting, busFree(write));
    long refreshing = Math.max(0, refreshedUntil - Math.max(turnedAround, refreshedFrom));
    counters[Counter.TURNAROUND] += turnedAround - waiting;
    counters[Counter.REFRESH] += refreshing;
    counters[Counter.ROW_MISS] += start - turnedAround - refreshing;
  }

  /** A refresh that reads, or writes, have to wait for: it counts from where none may start. */
  private void refresh(boolean write) {
    refreshedFrom = refreshDue - closing(write) + 1;
    refreshedUntil = banks.refresh(refreshDue);
    refreshDue += refreshInterval;
  }

  /** What has fallen due by {@code cycle} while there was nothing to move. */
  private void refreshWhileIdle(long cycle) {
    if (refreshDue > cycle) {
      return;
    }
    refreshDue += (cycle - refreshDue) / refreshInterval * refreshInterval;
    refresh(lastWrite); // only the last of them leaves a trace
  }

  /**
   * Right after a refresh amid a stream: passes over what repeats itself. Within a row all goes on
   * as it did as long as bursts of that row are left; across rows it does if the same place in a
   * row has been reached, and as long as a whole row follows the one under way.
   *
   * @return the new position
   */
  private long skip(long position, long rowEnd, long end) {
    if (withinRow.found(lastColumn, refreshDue, position)) {
      position = repeat(withinRow, position, rowEnd - 1);
    }
    withinRow.observe(lastColumn, refreshDue, position, counters);
    if (acrossRows.found(lastColumn, refreshDue, position)
        && acrossRows.bursts(position) % burstsPerRow == 0) {
      position = repeat(acrossRows, position, end - 2L * burstsPerRow);
      withinRow.restart(); // it may be another row
    }
    acrossRows.observe(lastColumn, refreshDue, position, counters);
    return position;
  }

  /** Repeats what happened since the remembered state as often as {@code last} is not passed. */
  private long repeat(Recurrence recurrence, long position, long last) {
    long bursts = recurrence.bursts(position);
    long times = Math.max(0, last - position) / bursts;
    long shift = times * recurrence.cycles(refreshDue);
    recurrence.repeat(counters, times);
    lastColumn += shift;
    refreshedFrom += shift;
    refreshDue += shift;
    refreshedUntil += shift;
    banks.closeUntil(refreshedUntil);
    return position + times * bursts;
  }

  /** What has been counted, in the places that {@link Counter} names. */
  long counted(int counter) {
    return counters[counter];
  }

  /** Events so far: a measure of the work done here, not of the memory's. */
  long runs() {
    return runs;
  }
}
