package dev.ppe.server;

import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.function.Function;

/** A service with other methods in place of its own: gRPC wants its description to fit them. */
final class ServiceMethods {
  private ServiceMethods() {}

  /** The same service with what {@code change} makes of each method. */
  static ServerServiceDefinition replaced(
      ServerServiceDefinition service,
      Function<ServerMethodDefinition<?, ?>, ServerMethodDefinition<?, ?>> change) {
    List<ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream().<ServerMethodDefinition<?, ?>>map(change).toList();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder result = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(result::addMethod);
    return result.build();
  }
}
