package dev.ppe.server;

import dev.ppe.wire.Statuses;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a server does not have: UNIMPLEMENTED. gRPC says that too, with all of a name that may
 * fill the metadata.
 */
final class UnknownMethods extends HandlerRegistry {
  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    return ServerMethodDefinition.create(
        MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller())
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(name)
            .build(),
        (call, headers) -> refuse(call, name));
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, String name) {
    call.close(
        Statuses.printable(Status.UNIMPLEMENTED.withDescription("there is no method " + name)),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
