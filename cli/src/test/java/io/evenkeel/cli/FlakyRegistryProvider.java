package io.evenkeel.cli;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.RegistryProvider;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code flaky:METHOD?away=N} is a registry in memory whose first N calls of a method find it away,
 * and {@code flaky:METHOD?refused=N} one that refuses them. For the service loader.
 */
@SuppressWarnings("exports") // public for the service loader only; no module sees a test
public final class FlakyRegistryProvider implements RegistryProvider {
  /** For the service loader. */
  public FlakyRegistryProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("flaky");
  }

  @Override
  public ServiceRegistry connect(RegistryUri uri) {
    ServiceRegistry registry = Registries.connect("inmemory:");
    AtomicInteger away = number(uri, "away");
    AtomicInteger refused = number(uri, "refused");
    return (ServiceRegistry)
        Proxy.newProxyInstance(
            ServiceRegistry.class.getClassLoader(),
            new Class<?>[] {ServiceRegistry.class},
            (proxy, method, arguments) -> {
              boolean meant = method.getName().equals(uri.target());
              if (meant && away.getAndDecrement() > 0) {
                return CompletableFuture.failedStage(
                    new RegistryException.Unavailable("flaky: away", null));
              }
              if (meant && refused.getAndDecrement() > 0) {
                return CompletableFuture.failedStage(
                    new RegistryException.Rejected("flaky: refused"));
              }
              return call(registry, method, arguments);
            });
  }

  private static AtomicInteger number(RegistryUri uri, String name) {
    return new AtomicInteger(Integer.parseInt(uri.parameters().getOrDefault(name, "0")));
  }

  private static Object call(ServiceRegistry registry, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(registry, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
