package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.List;

/** Instances of {@code orders} picked in turn, and calls to them in manual time. */
final class Fleet {
  final ManualTime time = ManualTime.start();
  final Rotation rotation;

  private Fleet(BalancingStrategy strategy) {
    // failures do not eject here: that is another test's matter
    EjectionOptions lenient = EjectionOptions.defaults().withConsecutiveFailures(1_000_000);
    RotationOptions options = RotationOptions.of(strategy).withEjection(lenient);
    rotation = Rotation.over(options, time, Randomness.seeded(1), () -> {});
  }

  static Fleet of(int size) {
    return of(size, new InTurn());
  }

  static Fleet of(int size, BalancingStrategy strategy) {
    Fleet fleet = new Fleet(strategy);
    fleet.show(Instances.upTo(size));
    return fleet;
  }

  void show(List<ServiceInstance> instances) {
    rotation.accept(instances);
    time.runDue();
  }

  Calls calls() {
    return calls(RetryOptions.defaults(), Classifier.byException());
  }

  Calls calls(RetryOptions retry, Classifier classifier) {
    CallContext context = new CallContext(time, Randomness.seeded(2));
    return Calls.over(Instances.SERVICE, rotation, retry, classifier, context);
  }

  int inFlight() {
    return Arrays.stream(rotation.inRotation().toArray()).mapToInt(Endpoint::inFlight).sum();
  }

  boolean inRotation(String id) {
    return Arrays.stream(rotation.inRotation().toArray())
        .anyMatch(endpoint -> endpoint.instance().id().equals(id));
  }
}
