package io.evenkeel.benchmarks.peers.grpc;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subchannel that is ready as soon as it is asked to connect. */
final class Node extends Subchannel {
  private final List<EquivalentAddressGroup> addresses;
  private final Attributes attributes;
  private @Nullable SubchannelStateListener listener;

  Node(List<EquivalentAddressGroup> addresses, Attributes attributes) {
    this.addresses = addresses;
    this.attributes = attributes;
  }

  /** The port, which tells instances apart. */
  int number() {
    return ((InetSocketAddress) addresses.get(0).getAddresses().get(0)).getPort();
  }

  @Override
  public void start(SubchannelStateListener stateListener) {
    listener = stateListener;
  }

  @Override
  public void requestConnection() {
    if (listener != null) {
      listener.onSubchannelState(
          ConnectivityStateInfo.forNonError(ConnectivityState.CONNECTING));
      listener.onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  @Override
  public List<EquivalentAddressGroup> getAllAddresses() {
    return addresses;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }
}
