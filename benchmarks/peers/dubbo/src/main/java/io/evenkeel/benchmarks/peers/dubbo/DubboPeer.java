package io.evenkeel.benchmarks.peers.dubbo;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import java.util.ArrayList;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.RpcStatus;
import org.apache.dubbo.rpc.cluster.LoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.ConsistentHashLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.LeastActiveLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.RandomLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.RoundRobinLoadBalance;

/**
 * A pick is {@code LoadBalance.select} over the list that the directory gave; the key is the
 * invocation's first argument. A request adds the status counts that Dubbo's active-limit filter
 * makes. There is no update: every pick is given the list.
 */
public final class DubboPeer implements Peer {
  private static final String METHOD = "order";

  /** For the benchmark. */
  public DubboPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(new RoundRobinLoadBalance(), invokers(size, false));
      case "random" -> pick(new RandomLoadBalance(), invokers(size, false));
      case "weighted-round-robin" -> pick(new RoundRobinLoadBalance(), invokers(size, true));
      case "weighted-random" -> pick(new RandomLoadBalance(), invokers(size, true));
      case "least-active" -> request(new LeastActiveLoadBalance(), invokers(size, false));
      case "consistent-hash" -> pickByKey(new ConsistentHashLoadBalance(), invokers(size, false));
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(LoadBalance balance, List<Invoker<Object>> invokers) {
    URL consumer = invokers.get(0).getUrl();
    Invocation invocation = invocation("key");
    return keys -> balance.select(invokers, consumer, invocation);
  }

  private static Operation pickByKey(LoadBalance balance, List<Invoker<Object>> invokers) {
    URL consumer = invokers.get(0).getUrl();
    Invocation[] invocations =
        Keys.all().stream().map(DubboPeer::invocation).toArray(Invocation[]::new);
    return keys -> balance.select(invokers, consumer, invocations[keys.nextNumber()]);
  }

  private static Operation request(LoadBalance balance, List<Invoker<Object>> invokers) {
    URL consumer = invokers.get(0).getUrl();
    Invocation invocation = invocation("key");
    return keys -> {
      Invoker<Object> picked = balance.select(invokers, consumer, invocation);
      RpcStatus.beginCount(picked.getUrl(), METHOD);
      RpcStatus.endCount(picked.getUrl(), METHOD, 40, true);
      return picked;
    };
  }

  private static Invocation invocation(String key) {
    RpcInvocation invocation = new RpcInvocation();
    invocation.setMethodName(METHOD);
    invocation.setServiceName("bench.Orders");
    invocation.setParameterTypes(new Class<?>[] {String.class});
    invocation.setArguments(new Object[] {key});
    return invocation;
  }

  private static List<Invoker<Object>> invokers(int size, boolean weighted) {
    List<Invoker<Object>> invokers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String weight = weighted ? "?weight=" + (1 + i % 5) : "";
      String host = "10.0." + i / 250 + "." + (i % 250 + 1);
      invokers.add(new Instance(URL.valueOf("dubbo://" + host + ":80/bench.Orders" + weight)));
    }
    return invokers;
  }

  private record Instance(URL url) implements Invoker<Object> {
    @Override
    public Class<Object> getInterface() {
      return Object.class;
    }

    @Override
    public Result invoke(Invocation invocation) {
      throw new UnsupportedOperationException("invoke: only picks are measured");
    }

    @Override
    public URL getUrl() {
      return url;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public void destroy() {}
  }
}
