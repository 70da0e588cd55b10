package io.evenkeel.benchmarks.peers.grpc;

import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The part of a channel that a load balancer sees, over subchannels that need no network. */
final class Channel extends LoadBalancer.Helper {
  private final SynchronizationContext context =
      new SynchronizationContext(
          (thread, failure) -> {
            throw new IllegalStateException("load balancer: " + failure, failure);
          });

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "grpc-timers");
            thread.setDaemon(true);
            return thread;
          });

  private final List<EquivalentAddressGroup> all = new ArrayList<>();
  private final List<EquivalentAddressGroup> others;
  private final Object config;
  private final LoadBalancer balancer;
  private volatile SubchannelPicker picker = LoadBalancer.EMPTY_PICKER;

  private Channel(LoadBalancerProvider provider, Map<String, ?> options, int size) {
    for (int i = 0; i < size; i++) {
      all.add(
          new EquivalentAddressGroup(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + i)));
    }
    this.others = new ArrayList<>(all);
    others.remove(size / 2);
    this.config =
        Objects.requireNonNull(
            provider.parseLoadBalancingPolicyConfig(options).getConfig(), "config: refused");
    this.balancer = provider.newLoadBalancer(this);
  }

  /** A channel with all of its instances resolved. */
  static Channel over(String policy, Map<String, ?> options, int size) {
    LoadBalancerProvider provider =
        Objects.requireNonNull(
            LoadBalancerRegistry.getDefaultRegistry().getProvider(policy), policy);
    Channel channel = new Channel(provider, options, size);
    channel.resolve(true);
    return channel;
  }

  /** All instances, or all but one. */
  void resolve(boolean complete) {
    ResolvedAddresses addresses =
        ResolvedAddresses.newBuilder()
            .setAddresses(complete ? all : others)
            .setLoadBalancingPolicyConfig(config)
            .build();
    context.execute(
        () -> {
          Status status = balancer.acceptResolvedAddresses(addresses);
          if (!status.isOk()) {
            throw new IllegalStateException("resolved addresses: " + status);
          }
        });
  }

  PickResult pick(PickSubchannelArgs arguments) {
    return picker.pickSubchannel(arguments);
  }

  @Override
  public Subchannel createSubchannel(CreateSubchannelArgs arguments) {
    return new Node(arguments.getAddresses(), arguments.getAttributes());
  }

  @Override
  public void updateBalancingState(ConnectivityState state, SubchannelPicker newPicker) {
    picker = newPicker;
  }

  @Override
  public ManagedChannel createOobChannel(EquivalentAddressGroup addresses, String authority) {
    throw new UnsupportedOperationException("createOobChannel: nothing is out of band here");
  }

  @Override
  public SynchronizationContext getSynchronizationContext() {
    return context;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutorService() {
    return timers;
  }

  @Override
  public String getAuthority() {
    return "bench";
  }

  @Override
  public String getChannelTarget() {
    return "bench";
  }

  @Override
  public ChannelLogger getChannelLogger() {
    return Silence.LOGGER;
  }
}
