package io.evenkeel.benchmarks.peers.grpc;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;

/**
 * A pick is {@code SubchannelPicker.pickSubchannel} of the policy that gRPC's registry has under
 * that name, with all subchannels ready. By key it hashes a header made ahead. A request adds the
 * stream's tracer, its making and its end. Weights come from one load report per instance, as gRPC
 * knows no others; the picker makes a tracer factory to hear of the next. An update is {@code
 * acceptResolvedAddresses}.
 */
public final class GrpcPeer implements Peer {
  private static final ClientStreamTracer.StreamInfo STREAM =
      ClientStreamTracer.StreamInfo.newBuilder().build();

  private static final Metadata.Key<byte[]> LOAD_REPORT =
      Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** For the benchmark. */
  public GrpcPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(Channel.over("round_robin", Map.of(), size));
      case "weighted-round-robin" -> weighted(size);
      case "ring-hash" -> pickByKey(size);
      case "least-request" -> request(Channel.over("least_request_experimental", Map.of(), size));
      case "update" -> update(Channel.over("round_robin", Map.of(), size));
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(Channel channel) {
    Arguments arguments = new Arguments("key");
    return keys -> subchannel(channel.pick(arguments));
  }

  private static Operation request(Channel channel) {
    Arguments arguments = new Arguments("key");
    Metadata headers = arguments.getHeaders();
    return keys -> {
      PickResult picked = channel.pick(arguments);
      ClientStreamTracer tracer =
          Objects.requireNonNull(picked.getStreamTracerFactory())
              .newClientStreamTracer(STREAM, headers);
      tracer.streamClosed(Status.OK);
      return subchannel(picked);
    };
  }

  /** Picks each instance once or more and reports for it, then lets the weights be computed. */
  private static Operation weighted(int size) {
    Map<String, ?> config = Map.of("blackoutPeriod", "0s", "weightUpdatePeriod", "3600s");
    Channel channel = Channel.over("weighted_round_robin", config, size);
    Arguments arguments = new Arguments("key");
    for (int i = 0; i < 2 * size; i++) {
      PickResult picked = channel.pick(arguments);
      Metadata trailers = new Metadata();
      trailers.put(LOAD_REPORT, loadReport(weight(picked)));
      ClientStreamTracer tracer =
          Objects.requireNonNull(picked.getStreamTracerFactory())
              .newClientStreamTracer(STREAM, arguments.getHeaders());
      tracer.inboundTrailers(trailers);
      tracer.streamClosed(Status.OK);
    }
    channel.resolve(true);
    return pick(channel);
  }

  /** From 1 to 5, by the port that tells instances apart. */
  private static int weight(PickResult picked) {
    SocketAddress address = subchannel(picked).getAllAddresses().get(0).getAddresses().get(0);
    return 1 + ((InetSocketAddress) address).getPort() % 5;
  }

  /** An ORCA report of half of the CPU used for so many requests a second. */
  private static byte[] loadReport(double requests) {
    return ByteBuffer.allocate(18)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) (1 << 3 | 1)) // cpu_utilization, a double
        .putDouble(0.5)
        .put((byte) (6 << 3 | 1)) // rps_fractional, a double
        .putDouble(requests)
        .array();
  }

  private static Operation pickByKey(int size) {
    System.setProperty("GRPC_EXPERIMENTAL_RING_HASH_SET_REQUEST_HASH_KEY", "true");
    Channel channel =
        Channel.over("ring_hash_experimental", Map.of("requestHashHeader", Arguments.HEADER), size);
    Arguments[] arguments = Keys.all().stream().map(Arguments::new).toArray(Arguments[]::new);
    for (Arguments call : arguments) {
      channel.pick(call); // has its instance connected, if it is not yet
    }
    return keys -> subchannel(channel.pick(arguments[keys.nextNumber()]));
  }

  private static Subchannel subchannel(PickResult picked) {
    return Objects.requireNonNull(picked.getSubchannel(), () -> "picked: " + picked);
  }

  private static Operation update(Channel channel) {
    int[] updates = new int[1];
    return keys -> {
      channel.resolve((++updates[0] & 1) == 0);
      return channel;
    };
  }
}
