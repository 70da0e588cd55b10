package io.evenkeel.server;

/** A registry behind the server's config-service dialect is a registry like any other. */
class ConfigServiceContractIT extends ServedRegistryContract {
  ConfigServiceContractIT() {
    super(Protocol.CONFIG_SERVICE);
  }
}
