package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.security.ClientIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast addresses lose calls: those that end without an answer, as they are taken back, are left
 * with their connections, break the protocol or outlast their deadlines, and those that are more
 * than a client may have. Each costs a server its beginning and its end, and a client nothing.
 *
 * <p>An address may lose as many at once as a client may have open, as when its process ends (but
 * no more than are forgiven within a minute), and some each second for as long as it likes (the
 * generic cell rate algorithm of ITU-T I.371: what is kept of an address is when all that it has
 * lost will be forgiven). Beyond that it loses the connection that it has lost the call on, and is
 * barred: it gets no other until some are forgiven.
 */
public final class LostCalls {
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int FEW = 1000;

  private final long each;
  private final long atOnce;
  private final LongSupplier nanoTime;
  private final long start;
  private final Map<ClientIdentity, Long> forgiven = new HashMap<>();
  private int sweepAt = FEW;
  private long lost;
  private long barred;

  /**
   * None are lost yet.
   *
   * @param perSecond calls that are forgiven each second; 0: all
   * @param atOnce calls that may be lost besides; no more than are forgiven within a minute
   * @param nanoTime a clock
   */
  LostCalls(int perSecond, int atOnce, LongSupplier nanoTime) {
    this.each = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
    this.atOnce = Math.min(each * atOnce, LONGEST_NANOS);
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** As configured. */
  static LostCalls of(ConnectionSettings settings) {
    return new LostCalls(
        settings.maxLostCallsPerSecond(), CallLimits.of(settings).mostOfClient(), System::nanoTime);
  }

  /** One more is lost. Returns whether its client has lost too many. */
  synchronized boolean lose(ClientIdentity client) {
    lost++;
    if (each == 0) {
      return false;
    }
    long now = now();
    long owed = Math.max(0, forgiven.getOrDefault(client, now) - now) + each;
    forgiven.put(client, now + Math.min(owed, atOnce + LONGEST_NANOS));
    if (forgiven.size() > sweepAt) {
      forgiven.values().removeIf(time -> time <= now);
      sweepAt = Math.max(FEW, 2 * forgiven.size());
    }
    return owed > atOnce;
  }

  /** Whether a client that comes is to be turned away, which is counted. */
  synchronized boolean bars(ClientIdentity client) {
    boolean bars = forgiven.getOrDefault(client, 0L) - now() > atOnce;
    if (bars) {
      barred++;
    }
    return bars;
  }

  private long now() {
    return nanoTime.getAsLong() - start;
  }

  /** How many were lost since the start. */
  public synchronized long lost() {
    return lost;
  }

  /** How many addresses' calls are not forgiven, or were not when that was last looked at. */
  synchronized int remembered() {
    return forgiven.size();
  }

  /** How many connections were turned away since the start. */
  public synchronized long barred() {
    return barred;
  }
}
