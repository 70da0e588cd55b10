package io.evenkeel.server;

/** A registry behind the server's Consul dialect is a registry like any other. */
class ConsulContractIT extends ServedRegistryContract {
  ConsulContractIT() {
    super(Protocol.CONSUL);
  }
}
