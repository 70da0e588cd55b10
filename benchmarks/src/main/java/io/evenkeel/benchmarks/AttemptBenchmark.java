package io.evenkeel.benchmarks;

import io.evenkeel.loadbalancer.Balancer;
import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.strategy.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a whole attempt costs beside the wire, through the real balancer: pick, begin, the watch
 * over its timeout, end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class AttemptBenchmark {
  @Param({"round-robin", "power-of-two-choices"})
  String strategy;

  @Param({"3", "100"})
  int size;

  private ServiceRegistry registry;
  private Balancer balancer;

  /** For JMH. */
  public AttemptBenchmark() {}

  /** Starts a balancer over a fixed list. */
  @Setup
  public void setUp() {
    StringBuilder uri = new StringBuilder("static:orders=");
    for (int i = 1; i <= size; i++) {
      uri.append(i == 1 ? "" : ",").append("127.0.0.1:").append(i);
    }
    registry = Registries.connect(uri.toString());
    balancer =
        Balancer.forService("orders").on(registry).strategy(Strategies.named(strategy)).start();
    balancer.ready().toCompletableFuture().join();
  }

  /** Closes both. */
  @TearDown
  public void tearDown() {
    balancer.close();
    registry.close();
  }

  /** One attempt that succeeds at once. */
  @Benchmark
  public boolean acquireAndComplete() {
    Attempt attempt = balancer.acquire();
    return attempt.complete(Outcome.success());
  }
}
