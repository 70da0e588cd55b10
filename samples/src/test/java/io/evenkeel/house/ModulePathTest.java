package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The module descriptors, put to the test: the build runs on the class path, where they are not
 * read.
 */
class ModulePathTest {
  private static final Set<String> OURS =
      Set.of(
          "io.evenkeel.api",
          "io.evenkeel.hazelcast",
          "io.evenkeel.inmemory",
          "io.evenkeel.loadbalancer",
          "io.evenkeel.vertx",
          "io.evenkeel.testkit");

  @Test
  void every_published_module_is_resolved() {
    ModuleLayer layer = layer(OURS);
    assertTrue(names(layer.modules()).containsAll(OURS), () -> "resolved: " + layer.modules());
  }

  @Test
  void our_modules_are_named_by_a_descriptor() {
    layer(OURS).modules().stream()
        .filter(module -> OURS.contains(module.getName()))
        .forEach(module -> assertTrue(!module.getDescriptor().isAutomatic(), module.getName()));
  }

  @Test
  void the_balancer_needs_no_library_but_ours() {
    assertEquals(
        Set.of("io.evenkeel.api", "io.evenkeel.loadbalancer"),
        names(layer(Set.of("io.evenkeel.loadbalancer")).modules()));
  }

  @Test
  void a_backend_is_found_through_provides_and_uses() throws Exception {
    ModuleLayer layer = layer(Set.of("io.evenkeel.api", "io.evenkeel.inmemory"));
    try (AutoCloseable registry = connect(layer)) {
      assertEquals("io.evenkeel.inmemory", registry.getClass().getModule().getName());
    }
  }

  @Test
  void without_the_backend_there_is_none() {
    ModuleLayer layer = layer(Set.of("io.evenkeel.api"));
    Exception refused = assertThrows(Exception.class, () -> connect(layer));
    assertNotNull(refused.getCause());
    assertTrue(refused.getCause().getMessage().contains("evenkeel-backend-inmemory"));
  }

  @Test
  void a_missing_requirement_is_seen() {
    ModuleFinder alone = finder(Map.of("it", entries().get("io.evenkeel.vertx")).values());
    assertThrows(FindException.class, () -> configuration(alone, Set.of("io.evenkeel.vertx")));
  }

  private static AutoCloseable connect(ModuleLayer layer) throws ReflectiveOperationException {
    ClassLoader modules = layer.findLoader("io.evenkeel.api");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(modules); // where ServiceLoader looks, as in a modular program
    try {
      Class<?> registries = modules.loadClass("io.evenkeel.registry.Registries");
      return (AutoCloseable)
          registries.getMethod("connect", String.class).invoke(null, "inmemory:");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The modules and what they require, on the module path, with nothing of the class path. */
  private static ModuleLayer layer(Set<String> roots) {
    Map<String, ModuleReference> found = entries();
    Map<String, ModuleReference> needed = new LinkedHashMap<>();
    roots.forEach(root -> require(root, found, needed));
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(
            configuration(finder(needed.values()), roots), ClassLoader.getPlatformClassLoader());
  }

  private static Configuration configuration(ModuleFinder finder, Set<String> roots) {
    return ModuleLayer.boot().configuration().resolveAndBind(finder, ModuleFinder.of(), roots);
  }

  /** Automatic modules require nothing, and would read all that lies beside them. */
  private static void require(
      String name, Map<String, ModuleReference> found, Map<String, ModuleReference> needed) {
    ModuleReference module = found.get(name);
    if (module != null && needed.putIfAbsent(name, module) == null) {
      module.descriptor().requires().stream()
          .filter(it -> !it.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
          .forEach(it -> require(it.name(), found, needed));
    }
  }

  private static ModuleFinder finder(Collection<ModuleReference> modules) {
    return ModuleFinder.of(
        modules.stream()
            .map(module -> Path.of(module.location().orElseThrow()))
            .toArray(Path[]::new));
  }

  /** Every jar and folder of the class path that is a module, by its name. */
  private static Map<String, ModuleReference> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> isJar(entry) || Files.exists(entry.resolve("module-info.class")))
        .flatMap(entry -> ModuleFinder.of(entry).findAll().stream())
        .collect(Collectors.toMap(module -> module.descriptor().name(), it -> it, (a, b) -> a));
  }

  private static boolean isJar(Path entry) {
    return entry.toString().endsWith(".jar") && Files.exists(entry);
  }

  private static Set<String> names(Collection<Module> modules) {
    return modules.stream().map(Module::getName).collect(Collectors.toSet());
  }
}
