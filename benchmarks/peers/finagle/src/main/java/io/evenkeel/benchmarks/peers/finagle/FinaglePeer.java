package io.evenkeel.benchmarks.peers.finagle;

import com.twitter.finagle.ClientConnection;
import com.twitter.finagle.NoBrokersAvailableException;
import com.twitter.finagle.Service;
import com.twitter.finagle.ServiceFactory;
import com.twitter.finagle.Stack;
import com.twitter.finagle.loadbalancer.Balancers;
import com.twitter.finagle.loadbalancer.EndpointFactory;
import com.twitter.finagle.loadbalancer.LoadBalancerFactory;
import com.twitter.util.Activity;
import com.twitter.util.Await;
import com.twitter.util.Updatable;
import com.twitter.util.Var;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A request is a service from the balancer's factory, which is there at once, and its close: the
 * pick with its begin and end, which Finagle does not part. An update sets the variable that the
 * balancer watches; its endpoints are the same objects before and after.
 */
public final class FinaglePeer implements Peer {
  /** For the benchmark. */
  public FinaglePeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "heap" -> request(Balancers.heap(Balancers.heap$default$1()), size);
      case "p2c" -> request(p2c(), size);
      case "p2c-peak-ewma" -> request(peakEwma(), size);
      case "update" -> update(p2c(), size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static LoadBalancerFactory p2c() {
    return Balancers.p2c(Balancers.p2c$default$1());
  }

  private static LoadBalancerFactory peakEwma() {
    return Balancers.p2cPeakEwma(
        Balancers.p2cPeakEwma$default$1(), Balancers.p2cPeakEwma$default$2());
  }

  private static Operation request(LoadBalancerFactory factory, int size) {
    Activity.State<IndexedSeq<EndpointFactory<Object, Object>>> all = state(endpoints(size));
    ServiceFactory<Object, Object> balancer = balancer(factory, Var.value(all));
    ClientConnection nobody = ClientConnection.nil();
    return keys -> {
      Service<Object, Object> service = Await.result(balancer.apply(nobody));
      return service.close();
    };
  }

  // The variable is both what is watched and what is set; Scala's type for that has no Java name.
  @SuppressWarnings("unchecked")
  private static Operation update(LoadBalancerFactory factory, int size) {
    List<EndpointFactory<Object, Object>> list = endpoints(size);
    Activity.State<IndexedSeq<EndpointFactory<Object, Object>>> all = state(list);
    list.remove(size / 2);
    Activity.State<IndexedSeq<EndpointFactory<Object, Object>>> others = state(list);
    Var<Activity.State<IndexedSeq<EndpointFactory<Object, Object>>>> variable = Var.apply(all);
    Updatable<Activity.State<IndexedSeq<EndpointFactory<Object, Object>>>> setter =
        (Updatable<Activity.State<IndexedSeq<EndpointFactory<Object, Object>>>>) variable;
    ServiceFactory<Object, Object> balancer = balancer(factory, variable);
    int[] updates = new int[1];
    return keys -> {
      setter.update((++updates[0] & 1) == 0 ? all : others);
      return balancer;
    };
  }

  private static ServiceFactory<Object, Object> balancer(
      LoadBalancerFactory factory,
      Var<Activity.State<IndexedSeq<EndpointFactory<Object, Object>>>> endpoints) {
    return factory.newBalancer(
        Activity.apply(endpoints),
        new NoBrokersAvailableException("bench"),
        Stack.Params$.MODULE$.empty());
  }

  private static Activity.State<IndexedSeq<EndpointFactory<Object, Object>>> state(
      List<EndpointFactory<Object, Object>> endpoints) {
    return new Activity.Ok<>(CollectionConverters.asScala(endpoints).toIndexedSeq());
  }

  private static List<EndpointFactory<Object, Object>> endpoints(int size) {
    List<EndpointFactory<Object, Object>> endpoints = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      endpoints.add(new Instance(i));
    }
    return endpoints;
  }
}
