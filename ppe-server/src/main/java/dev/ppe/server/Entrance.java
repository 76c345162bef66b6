package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who may come into a {@link SimulationPool}: whether a request has room and time there, and who
 * makes way for it.
 *
 * <p>Not safe for use by several threads: the pool has its lock around it.
 */
final class Entrance {
  private final Admission admission;
  private final Accounts accounts;
  private final FairQueue<Job> queue;
  private final Room<Job> room;
  private final StandingQueues standing = new StandingQueues();

  Entrance(Admission admission, Accounts accounts, FairQueue<Job> queue, Room<Job> room) {
    this.admission = admission;
    this.accounts = accounts;
    this.queue = queue;
    this.room = room;
  }

  /**
   * Refuses a whole call of the current client that would be refused whatever it asks for.
   *
   * @param heapBytes that its request will take in memory
   * @return up to how many bytes there is hope all the same
   * @throws StatusRuntimeException if there is no hope
   */
  long requireHope(long heapBytes) {
    ClientIdentity client = ClientIdentity.current();
    standing.of(client).arrival(queue.waitingOf(client) > 0, accounts.now());
    if (idle()) {
      return Long.MAX_VALUE;
    }
    requireRoom(heapBytes);
    requirePatience(new FairQueue.Ticket(client, deadlineOfCall(), 0), admission.letsPass());
    return Math.max(heapBytes, admission.freeBytes(room.bytes()));
  }

  /**
   * Refuses a request of the current client for which there is no room.
   *
   * @param heapBytes that it takes in memory, at the least
   * @throws StatusRuntimeException if there is none, even if others made way
   */
  void requireRoom(long heapBytes) {
    if (!idle()) {
      makingWay(ClientIdentity.current(), admission.counted(heapBytes));
    }
  }

  private long deadlineOfCall() {
    Deadline deadline = Context.current().getDeadline();
    long left =
        deadline == null ? Admission.PATIENCE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return accounts.now() + left;
  }

  /**
   * Lets a job in.
   *
   * @return those that had to make way for it: they leave the queue when they are told
   * @throws StatusRuntimeException if there is no room, or no time
   */
  PushedOut admit(Job job) {
    Effort effort = accounts.expected(job);
    FairQueue.Ticket ticket =
        new FairQueue.Ticket(
            job.identity(), accounts.now() + job.left(Admission.PATIENCE), effort.expected());
    boolean mayPass = mayPass(effort);
    admission.requireTime(job, expectedWait(ticket, mayPass), effort.expected(), retryNanos());
    if (job.origin().wholeCall()) {
      requirePatience(ticket, mayPass);
    }
    long bytes = admission.counted(job.origin().request().heapBytes());
    PushedOut pushedOut = new PushedOut(makingWay(job.identity(), bytes), admission, retryNanos());
    try {
      accounts.enter(job, effort);
      room.enter(job, new Room.Claim(job.identity(), ticket.deadline(), bytes));
      queue.add(ticket, job);
    } catch (Throwable failure) { // nothing of it is to be left behind
      leave(job, false);
      throw failure;
    }
    pushedOut.jobs().forEach(room::leave);
    admission.taken();
    return pushedOut;
  }

  /** A job has its answer, its failure, or no call any more. */
  void leave(Job job, boolean answered) {
    queue.remove(job);
    room.leave(job);
    accounts.over(job, answered);
  }

  private List<Job> makingWay(ClientIdentity identity, long bytes) {
    return room.makingWay(identity, bytes, admission::fits)
        .orElseThrow(() -> admission.full(room.taken(), retryNanos()));
  }

  private void requirePatience(FairQueue.Ticket ticket, boolean mayPass) {
    if (queue.waitingOf(ticket.client()) > 0) {
      admission.requirePatience(
          expectedWait(ticket, mayPass), standing.of(ticket.client()), retryNanos());
    }
  }

  private long expectedWait(FairQueue.Ticket ticket, boolean mayPass) {
    if (idle()) {
      return 0;
    }
    long ahead = queue.ahead(ticket);
    long inTurn = (ahead + accounts.remaining()) / admission.workers();
    return 1 // not nothing: what runs longer than expected may go on
        + (mayPass ? Math.min(inTurn, ahead + untilThePassingThreadIsFree()) : inTurn);
  }

  private boolean mayPass(Effort effort) {
    return admission.letsPass() && effort.isShortBeside(accounts.busyFor(admission.workers()));
  }

  private long untilThePassingThreadIsFree() {
    return accounts.running() < admission.threads() ? 0 : accounts.untilTheNextIsDone();
  }

  /** After which time a refused request is worth another attempt. */
  private long retryNanos() {
    return admission.retryNanos(queue.backlog() + accounts.remaining());
  }

  private boolean idle() {
    return queue.isEmpty() && accounts.running() < admission.workers();
  }
}
