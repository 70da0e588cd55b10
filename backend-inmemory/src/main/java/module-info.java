/** The registry inside one JVM, and fixed lists. */
module io.evenkeel.inmemory {
  requires transitive io.evenkeel.api;
  requires static transitive org.jspecify;

  exports io.evenkeel.inmemory;

  provides io.evenkeel.registry.RegistryProvider with
      io.evenkeel.inmemory.InMemoryRegistryProvider;
}
