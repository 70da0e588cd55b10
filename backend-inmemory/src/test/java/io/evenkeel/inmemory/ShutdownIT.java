package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.ServiceRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real JVM that is told to stop, with a registrar that was never closed. */
class ShutdownIT {
  @Test
  void a_jvm_that_is_told_to_stop_withdraws_its_instance_if_asked() throws Exception {
    assertEquals("announced withdrawn", saidBy("true"));
  }

  @Test
  void a_jvm_that_is_told_to_stop_leaves_it_to_the_lease_unless_asked() throws Exception {
    assertEquals("announced", saidBy("false"));
  }

  /** What the other JVM prints from its start to its end, when it is told to stop once it is up. */
  private static String saidBy(String argument) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Announcer.class.getName(),
                argument)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = reader(jvm)) {
      String first = lines.readLine();
      jvm.toHandle().destroy(); // SIGTERM; the process itself would close its streams too
      String rest = lines.lines().map(line -> " " + line).collect(Collectors.joining());
      assertTrue(jvm.waitFor(30, TimeUnit.SECONDS), "still running");
      return first + rest;
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static BufferedReader reader(Process jvm) throws IOException {
    Reader bytes = new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8);
    return new BufferedReader(bytes);
  }

  /** The other JVM: announces an instance, and says when its registry is told to forget it. */
  static final class Announcer {
    private Announcer() {}

    public static void main(String[] args) throws InterruptedException {
      Registrar.announce(
              telling(InMemoryServiceRegistry.create()),
              ServiceInstance.builder("orders", "127.0.0.1", 80).build(),
              RegistrarOptions.defaults().withDeregisterOnShutdown(Boolean.parseBoolean(args[0])))
          .registered()
          .toCompletableFuture()
          .join();
      System.out.println("announced");
      Thread.currentThread().join();
    }

    /** A registry that says when it is told to forget an instance. */
    private static ServiceRegistry telling(ServiceRegistry registry) {
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            if (method.getName().equals("deregister")) {
              System.out.println("withdrawn");
            }
            return method.invoke(registry, arguments);
          };
      return (ServiceRegistry)
          Proxy.newProxyInstance(
              ServiceRegistry.class.getClassLoader(),
              new Class<?>[] {ServiceRegistry.class},
              handler);
    }
  }
}
