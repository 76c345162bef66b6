package dev.ppe.server.observe;

import java.util.Optional;

/** Is told of every request when it is over, exactly once, in the context of its call. */
@FunctionalInterface
public interface RequestListener {
  /**
   * A request is over. Called on the thread that answers it: must be quick, and throw nothing.
   *
   * @param failure why there is no answer, where that is known
   */
  void finished(RequestRecord request, Optional<Throwable> failure);
}
