/**
 * The model, the registry and strategy SPIs, and the registrar: everything the other modules share.
 */
module io.evenkeel.api {
  requires static transitive org.jspecify;

  exports io.evenkeel.model;
  exports io.evenkeel.registrar;
  exports io.evenkeel.registry;
  exports io.evenkeel.strategy;
  exports io.evenkeel.time;

  uses io.evenkeel.registry.RegistryProvider;
}
