package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.registry.ServiceRegistry;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the services that have an instance. */
@Command(name = "services", description = "Lists the services that have an instance, one per line.")
final class ServicesCommand implements Callable<Integer> {
  private final MainCommand main;

  ServicesCommand(MainCommand main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    try (ServiceRegistry registry = main.connect()) {
      SortedSet<String> names = new TreeSet<>(main.answer(registry.services()));
      if (main.isJson()) {
        main.terminal().say(object(registry, names).toString());
      } else {
        names.forEach(main.terminal()::say);
      }
      if (names.isEmpty()) {
        main.terminal().note(registry.name() + ": no service has an instance");
      }
    }
    return ErrorLines.OK;
  }

  private static ObjectNode object(ServiceRegistry registry, SortedSet<String> names) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("registry", registry.name());
    ArrayNode services = object.putArray("services");
    names.forEach(services::add);
    return object;
  }
}
