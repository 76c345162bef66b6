package dev.ppe.simulator.dram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One channel of the reference. */
final class TickingChannel {
  /** One burst that waits for its column command. */
  record Burst(int access, long arrival, int bank, long row, boolean write) {
    boolean sameRow(Burst other) {
      return bank == other.bank && row == other.row;
    }
  }

  /** A bank, with the last command of each kind. */
  private static final class TickingBank {
    boolean open;
    boolean closing; // the access has nothing more in the row
    long row;
    long activate = LONG_AGO;
    long precharge = LONG_AGO;
    long read = LONG_AGO;
    long write = LONG_AGO;

    boolean holds(Burst burst) {
      return open && !closing && row == burst.row;
    }
  }

  private static final long LONG_AGO = -1_000_000_000L;

  private final DramTiming timing;
  private final List<TickingBank> banks = new ArrayList<>();
  private final Map<Integer, Long> lastBeats = new HashMap<>();
  private final Map<Integer, Integer> missing = new HashMap<>();
  private long lastBeat; // of all accesses
  private long lastRead = LONG_AGO;
  private long lastWrite = LONG_AGO;
  private long refreshCommand = LONG_AGO;
  private long nextDue;

  private final Deque<Burst> waiting = new ArrayDeque<>();
  final List<Long> activates = new ArrayList<>();
  long reads;
  long writes;
  long refreshesDue;
  long dataCycles;
  long turnaroundCycles;
  long refreshCycles;
  long rowMissCycles;

  TickingChannel(DramTiming timing) {
    this.timing = timing;
    for (int i = 0; i < timing.geometry().banksPerChannel(); i++) {
      banks.add(new TickingBank());
    }
  }

  boolean busy(long now) {
    return !waiting.isEmpty() || lastBeat > now;
  }

  void ask(Burst burst) {
    waiting.add(burst);
    missing.merge(burst.access, 1, Integer::sum);
  }

  /** Whether bursts of an access still wait. */
  boolean owes(int access) {
    return missing.getOrDefault(access, 0) > 0;
  }

  long lastBeatOf(int access) {
    return lastBeats.getOrDefault(access, 0L);
  }

  void tick(long now) {
    if (now > 0 && now % timing.refresh().tRefi() == 0) {
      refresh(now);
    }
    nextDue = (now / timing.refresh().tRefi() + 1) * timing.refresh().tRefi();
    closeRows(now);
    Optional<Burst> head = Optional.ofNullable(waiting.peek()).filter(b -> b.arrival <= now);
    head.ifPresent(burst -> attribute(now, burst));
    if (head.isEmpty() && onData(now)) {
      dataCycles++;
    }
    if (!isRefreshing(now)) {
      head.ifPresent(burst -> move(now, burst));
      openRows(now);
    }
  }

  private boolean isRefreshing(long now) {
    return now < refreshCommand + timing.refresh().tRfc();
  }

  /** Whether a refresh is so near that no burst of this direction may start any more. */
  private boolean isTooLate(long now, boolean write) {
    DramTiming.Column column = timing.column();
    DramTiming.Row row = timing.row();
    long precharge =
        write ? now + column.tCwl() + column.burstCycles() + row.tWr() : now + row.tRtp();
    return precharge + row.tRp() > nextDue;
  }

  /** Whether a burst that has been started still has its slot. */
  private boolean onData(long now) {
    return now < Math.max(lastRead, lastWrite) + timing.column().burstCycles();
  }

  private void attribute(long now, Burst head) {
    boolean refreshing = isRefreshing(now) || isTooLate(now, head.write);
    if (onData(now) || (!refreshing && mayMove(now, head))) {
      dataCycles++;
    } else if (!busTurned(now, head)) {
      turnaroundCycles++;
    } else if (refreshing) {
      refreshCycles++;
    } else {
      rowMissCycles++;
    }
  }

  private boolean busTurned(long now, Burst burst) {
    DramTiming.Column column = timing.column();
    if (burst.write) {
      return now >= lastRead + column.tRtw();
    }
    return now >= lastWrite + column.tCwl() + column.burstCycles() + column.tWtr();
  }

  private boolean mayMove(long now, Burst burst) {
    TickingBank bank = banks.get(burst.bank);
    return bank.holds(burst)
        && !isTooLate(now, burst.write)
        && now >= bank.activate + timing.row().tRcd()
        && !onData(now)
        && busTurned(now, burst);
  }

  private void move(long now, Burst burst) {
    if (!mayMove(now, burst)) {
      return;
    }
    waiting.remove();
    missing.merge(burst.access, -1, Integer::sum);
    DramTiming.Column column = timing.column();
    TickingBank bank = banks.get(burst.bank);
    Burst next = waiting.peek();
    bank.closing = next == null || next.access != burst.access || !next.sameRow(burst);
    long beat = now + (burst.write ? column.tCwl() : column.tCl()) + column.burstCycles();
    lastBeats.put(burst.access, beat);
    lastBeat = Math.max(lastBeat, beat);
    if (burst.write) {
      writes++;
      lastWrite = now;
      bank.write = now;
    } else {
      reads++;
      lastRead = now;
      bank.read = now;
    }
  }

  /** The row of the oldest burst and, once that is open, the row that its access needs next. */
  private void openRows(long now) {
    Burst head = waiting.peek();
    if (head == null || head.arrival > now || !open(now, head)) {
      return;
    }
    for (Burst burst : waiting) {
      if (burst.access != head.access) {
        return;
      }
      if (!burst.sameRow(head)) {
        if (burst.bank != head.bank) {
          open(now, burst);
        }
        return;
      }
    }
  }

  /** Whether the row is open; if not, it is activated as soon as it may be. */
  private boolean open(long now, Burst burst) {
    TickingBank bank = banks.get(burst.bank);
    if (bank.holds(burst)) {
      return true;
    }
    if (bank.open || !mayActivate(now, bank)) {
      return false;
    }
    bank.open = true;
    bank.closing = false;
    bank.row = burst.row;
    bank.activate = now;
    activates.add(now);
    return true;
  }

  private boolean mayPrecharge(long now, TickingBank bank) {
    DramTiming.Row row = timing.row();
    DramTiming.Column column = timing.column();
    return now >= bank.activate + row.tRas()
        && now >= bank.read + row.tRtp()
        && now >= bank.write + column.tCwl() + column.burstCycles() + row.tWr();
  }

  private boolean mayActivate(long now, TickingBank bank) {
    DramTiming.Row row = timing.row();
    int count = activates.size();
    return now + row.tRas() + row.tRp() <= nextDue
        && now >= bank.precharge + row.tRp()
        && now >= refreshCommand + timing.refresh().tRfc()
        && (count < 1 || now >= activates.get(count - 1) + row.tRrd())
        && (count < 4 || now >= activates.get(count - 4) + row.tFaw());
  }

  /** Rows are closed behind the last burst of an access, and all of them for a refresh. */
  private void closeRows(long now) {
    for (TickingBank bank : banks) {
      boolean last = now + timing.row().tRp() == nextDue;
      if (bank.open && (last || (bank.closing && mayPrecharge(now, bank)))) {
        require(mayPrecharge(now, bank), "a row cannot be closed for a refresh");
        bank.open = false;
        bank.precharge = now;
      }
    }
  }

  private void refresh(long now) {
    for (TickingBank bank : banks) {
      require(
          !bank.open && now >= bank.precharge + timing.row().tRp(), "a bank is not closed in time");
    }
    refreshCommand = now;
    refreshesDue++;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
