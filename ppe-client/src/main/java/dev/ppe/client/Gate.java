package dev.ppe.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** Lets so many pass at a time, and the number may change meanwhile. */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final IntSupplier limit;
  private int inside;

  Gate(IntSupplier limit) {
    this.limit = limit;
  }

  /** Waits for room, and takes it. */
  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inside >= limit.getAsInt()) {
        changed.await();
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  /** Takes room though there may be none. */
  void enterAtOnce() {
    lock.lock();
    try {
      inside++;
    } finally {
      lock.unlock();
    }
  }

  /** Gives room back. */
  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll(); // one that enters, or those that wait until it is empty
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is inside. */
  void awaitEmpty() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inside > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
