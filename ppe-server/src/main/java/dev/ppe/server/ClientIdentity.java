package dev.ppe.server;

import io.grpc.Context;

/**
 * Who a call comes from, as far as sharing the server goes.
 *
 * <p>An interceptor that knows more than the address, such as one that authenticates, puts it under
 * {@link #KEY} before {@link ClientAddress} sees the call.
 *
 * @param name tells clients apart; not for people
 */
record ClientIdentity(String name) {
  static final Context.Key<ClientIdentity> KEY = Context.key("ppe-client");

  private static final ClientIdentity UNKNOWN = new ClientIdentity("");

  /** The current call's. */
  static ClientIdentity current() {
    ClientIdentity client = KEY.get();
    return client == null ? UNKNOWN : client;
  }
}
