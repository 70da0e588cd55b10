package io.evenkeel.benchmarks.peers.grpc;

import io.grpc.CallOptions;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** A call with a key in a header. */
final class Arguments extends PickSubchannelArgs {
  static final String HEADER = "user";

  private final Metadata headers = new Metadata();

  Arguments(String key) {
    headers.put(Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER), key);
  }

  @Override
  public CallOptions getCallOptions() {
    return CallOptions.DEFAULT;
  }

  @Override
  public Metadata getHeaders() {
    return headers;
  }

  @Override
  public MethodDescriptor<?, ?> getMethodDescriptor() {
    throw new UnsupportedOperationException("method: none of these policies asks for it");
  }
}
