package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.registry.ServiceRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Withdraws an instance, whoever announced it. */
@Command(
    name = "deregister",
    description = {
      "Withdraws an instance for good, whoever announced it.",
      "One that is not there is not an error: it may be called twice."
    })
final class DeregisterCommand implements Callable<Integer> {
  private final MainCommand main;

  @Option(names = "--service", required = true, paramLabel = "NAME", description = "The service")
  private String service = "";

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description = "The instance's id, as evenkeel instances NAME shows it")
  private String id = "";

  DeregisterCommand(MainCommand main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    InstanceKey key = new InstanceKey(service, id);
    try (ServiceRegistry registry = main.connect()) {
      boolean existed = main.answer(registry.deregister(key, ServiceRegistry.ANY_INCARNATION));
      main.print(
          () -> (existed ? "deregistered " : "was not registered: ") + key,
          () ->
              JsonNodeFactory.instance
                  .objectNode()
                  .put("event", "deregistered")
                  .put("service", service)
                  .put("id", id)
                  .put("existed", existed));
    }
    return ErrorLines.OK;
  }
}
