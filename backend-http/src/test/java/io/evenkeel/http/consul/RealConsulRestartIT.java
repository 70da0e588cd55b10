package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.RecordingListener;
import io.evenkeel.testkit.wire.RealConsul;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealConsulRestartIT {
  private static final ServiceInstance WEB =
      ServiceInstance.builder("web", "10.0.0.1", 8080).id("a").build();

  @TempDir Path before;
  @TempDir Path after;

  @Test
  void an_agent_that_forgot_everything_gets_its_instances_back_and_watches_go_on() {
    assumeTrue(RealConsul.version().isPresent(), "no consul on the PATH");
    try (ConsulAgent agent = ConsulAgent.start(before);
        ServiceRegistry registry = agent.registry("");
        Registrar registrar = Registrar.announce(registry, WEB, options())) {
      Await.value(registrar.registered());
      RecordingListener listener = RecordingListener.create();
      registry.watch("web", listener);
      Await.until("a", () -> listener.lastIds().equals(Set.of("a")));
      agent.stop();
      agent.startAgain(after);
      Await.until("a is back", () -> agent.get("/v1/agent/services").contains("web~a"));
      int heard = listener.heard().size();
      agent.put("/v1/agent/service/maintenance/web~a?enable=true&reason=x", "");
      Await.until("the watch goes on", () -> listener.heard().size() > heard);
    }
  }

  private static RegistrarOptions options() {
    return RegistrarOptions.defaults().withTtl(Duration.ofSeconds(3));
  }
}
