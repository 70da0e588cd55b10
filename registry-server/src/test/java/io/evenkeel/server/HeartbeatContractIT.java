package io.evenkeel.server;

/** A registry behind the server's heartbeat dialect is a registry like any other. */
class HeartbeatContractIT extends ServedRegistryContract {
  HeartbeatContractIT() {
    super(Protocol.HEARTBEAT);
  }
}
