package io.evenkeel.benchmarks.peers.grpc;

import io.grpc.Attributes;
import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;
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

  @Override
  public void start(SubchannelStateListener stateListener) {
    listener = stateListener;
  }

  @Override
  public void requestConnection() {
    if (listener != null) {
      listener.onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.CONNECTING));
      listener.onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  @Override
  public void updateAddresses(List<EquivalentAddressGroup> same) {}

  @Override
  public List<EquivalentAddressGroup> getAllAddresses() {
    return addresses;
  }

  @Override
  public ChannelLogger getChannelLogger() {
    return Silence.LOGGER;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }
}
