/** The registry on a Hazelcast cluster. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Hazelcast is one jar
module io.evenkeel.hazelcast {
  requires transitive com.hazelcast.core;
  requires transitive io.evenkeel.api;
  requires java.logging;
  requires static transitive org.jspecify;

  exports io.evenkeel.hazelcast;

  provides io.evenkeel.registry.RegistryProvider with
      io.evenkeel.hazelcast.HazelcastRegistryProvider;
}
