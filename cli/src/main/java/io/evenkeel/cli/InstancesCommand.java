package io.evenkeel.cli;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.ServiceRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the instances of a service, of any status. */
@Command(
    name = "instances",
    description = "Shows the instances of a service, of any status, as the registry has them now.")
final class InstancesCommand implements Callable<Integer> {
  private final MainCommand main;

  @Parameters(paramLabel = "NAME", description = "The service")
  private String service = "";

  InstancesCommand(MainCommand main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    try (ServiceRegistry registry = main.connect()) {
      ServiceSnapshot snapshot = main.answer(registry.instances(service));
      if (snapshot.instances().isEmpty()) {
        main.terminal().note(service + ": no instance is registered in " + registry.name());
      }
      if (main.isJson() || !snapshot.instances().isEmpty()) {
        main.print(() -> table(snapshot).toString(), () -> InstanceJson.of(snapshot));
      }
    }
    return ErrorLines.OK;
  }

  private static Table table(ServiceSnapshot snapshot) {
    Table table = new Table("ID", "ADDRESS", "WEIGHT", "ZONE", "VERSION", "STATUS", "TAGS");
    for (ServiceInstance each : snapshot.instances()) {
      table.row(
          each.id(),
          each.scheme() + "://" + HostPort.of(each),
          Integer.toString(each.weight()),
          each.zone(),
          each.version(),
          each.status().name(),
          String.join(",", each.tags()));
    }
    return table;
  }
}
